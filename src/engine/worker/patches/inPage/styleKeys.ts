/** The context of a rule. */
interface Place {
  /** Its style sheet. */
  from: string;
  layer: string;
  /** The selector around a nested rule. */
  within: string;
  /** Whether the rule may mean something else for each element. */
  isUnlike: boolean;
}

/**
 * A key for each image, of all that its size rules depend on: the rules that match it, in order, and its attributes.
 * `null` for an image that cannot be compared: in a slot or a `picture`, or matched by a rule of a container query.
 * `null` for all images when a style sheet cannot be read (such as one of another origin), has selectors that depend on
 * others, or takes longer than half a second.
 *
 * Runs in the page, in an isolated world, so it is self-contained and changes nothing.
 */
export function styleKeysOf(images: HTMLImageElement[]): (string | null)[] {
  if (images.length === 0) return [];
  const deadline = performance.now() + 500;
  const names = images.flatMap(({ id, classList }) => [
    ...[...classList].map((name) => `.${CSS.escape(name)}`),
    ...(id ? [`#${CSS.escape(id)}`] : []),
  ]);
  const literally = [...new Set(names)].map((name) => name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  // the last part of a selector that matches an image begins with `img`, or with no element name
  const possible = new RegExp(['img', '\\|', '(?:^|[\\s>+~,])[*:[]', ...literally].join('|'), 'i');
  const unlike = new Set<Element>();
  const found = images.map((image) => {
    const around = image.parentElement;
    if (around?.localName === 'picture' || /-/.test(around?.localName ?? '') || around?.shadowRoot) unlike.add(image);
    const own = [...image.attributes].filter(({ name }) => !/^(src|srcset|alt|id|class|title|data-.*)$/.test(name));
    const computed = image.computedStyleMap();
    return [
      ...own.map(({ name, value }) => `${name}=${value}`),
      ...['width', 'height', 'aspect-ratio'].map((property) => String(computed.get(property))),
    ];
  });
  const layers: string[] = [];
  const isActive = ({ length, mediaText }: MediaList) => length === 0 || matchMedia(mediaText).matches;

  /** Layers rank in the order in which their names first appear; a layer without a name is unique. */
  function layerIn({ layer }: Place, name: string): string {
    const path = `${layer}/${name || layers.length}`;
    layers.push(path);
    return path;
  }

  function note(selector: string, { style }: { style: CSSStyleDeclaration }, { from, layer, isUnlike }: Place) {
    if (/:scope|&/.test(selector)) throw new Error('in a style sheet it means another element than here');
    if (!possible.test(selector)) return;
    if (performance.now() > deadline) throw new Error('it takes too long');
    const text = `${from} ${layer} ${selector} {${style.cssText}}`;
    images.forEach((image, index) => {
      if (!image.matches(selector)) return;
      // the specificity of a rule depends on which selector of its list matches
      const parts = selector.split(/,(?![^([]*[)\]])/).filter((part) => image.matches(part));
      if (isUnlike) unlike.add(image);
      else found[index]?.push(`${parts} of ${text}`);
    });
  }

  function readSheet(sheet: CSSStyleSheet, layer: string) {
    if (sheet.disabled || !isActive(sheet.media)) return;
    const [loaded] = sheet.href ? performance.getEntriesByName(sheet.href) : [];
    const size = loaded ? (loaded as PerformanceResourceTiming).decodedBodySize : sheet.ownerNode?.textContent?.length;
    readRules(sheet.cssRules, { from: `${sheet.href} ${size}`, layer, within: '', isUnlike: false });
  }

  function readRules(rules: CSSRuleList, place: Place) {
    for (const rule of rules) {
      if (rule instanceof CSSStyleRule) {
        const { within } = place;
        if (within && /["']/.test(rule.selectorText)) throw new Error('& may be a part of a text');
        const selector = within ? rule.selectorText.replaceAll('&', `:is(${within})`) : rule.selectorText;
        note(selector, rule, place);
        if (rule.cssRules.length > 0) readRules(rule.cssRules, { ...place, within: selector });
      } else if (rule instanceof CSSNestedDeclarations) {
        note(place.within, rule, place);
      } else if (rule instanceof CSSMediaRule) {
        if (isActive(rule.media)) readRules(rule.cssRules, place);
      } else if (rule instanceof CSSSupportsRule) {
        if (CSS.supports(rule.conditionText)) readRules(rule.cssRules, place);
      } else if (rule instanceof CSSImportRule) {
        if (rule.supportsText && !CSS.supports(rule.supportsText)) continue;
        const layer = rule.layerName === null ? place.layer : layerIn(place, rule.layerName);
        if (rule.styleSheet) readSheet(rule.styleSheet, layer);
      } else if (rule instanceof CSSLayerStatementRule) {
        for (const name of rule.nameList) layerIn(place, name);
      } else if (rule instanceof CSSLayerBlockRule) {
        readRules(rule.cssRules, { ...place, layer: layerIn(place, rule.name) });
      } else if (rule instanceof CSSContainerRule || rule instanceof CSSStartingStyleRule) {
        readRules(rule.cssRules, { ...place, isUnlike: true });
      } else if (rule instanceof CSSGroupingRule && !(rule instanceof CSSPageRule)) {
        throw new Error('what its selectors match depends on more (a scope, say)');
      }
    }
  }

  try {
    for (const sheet of [...document.styleSheets, ...document.adoptedStyleSheets]) readSheet(sheet, '');
  } catch {
    return images.map(() => null);
  }
  const general = [navigator.userAgent, document.compatMode, layers.join()];
  return images.map((image, index) => {
    const key = [...general, ...(found[index] ?? [])].join('\n');
    return unlike.has(image) || key.length > 20_000 ? null : key;
  });
}
