import type { Patch } from './patch.mts';

/**
 * Asks the browser once for the size rules of all images that are alike (inWorker/imageSizes.ts), and sends several
 * requests at once. With long style sheets an answer takes up to a tenth of a second, since the browser also lists the
 * rules of everything around the image.
 *
 * Gain: 3 and 11 % of the time on the clock: ImageElements takes 0.04 s instead of 0.23 s, and 0.12 s instead of 0.96 s
 * (medians of 3 warm runs). Upstream: none filed.
 */
export const groupImages: Patch = {
  name: 'groupImages',
  changes: [
    {
      module: 'lighthouse/core/gather/gatherers/image-elements.js',
      uses: {
        'inWorker/imageSizes.ts': ['collectDetails', 'ImageQuestions'],
        'inWorker/computeAhead.ts': ['whileWaiting'],
        'inPage/styleKeys.ts': ['styleKeysOf'],
      },
      replace: [
        [
          'return getHTMLImages(allElements).concat(getCSSImages(allElements));',
          `const images = getHTMLImages(allElements);
  const keys = styleKeysOf(allElements.filter(({localName}) => localName === 'img'));
  keys.forEach((key, index) => { images[index].styles = key; });
  return images.concat(getCSSImages(allElements));`,
        ],
        [
          'const elements = await executionContext.evaluate(collectImageElementInfo',
          'const collect = () => executionContext.evaluate(collectImageElementInfo',
        ],
        [
          /getHTMLImages,\s*getCSSImages,\s*\],\s*\}\);/,
          `getHTMLImages, getCSSImages, styleKeysOf]});
    const elements = await whileWaiting(session, collect());
    this.questions = new ImageQuestions();`,
        ],
        [
          /await Promise\.all\(\[\s*session\.sendCommand\('DOM\.enable'\)/,
          `const isAsked = elements.some((element) => this.questions.isOpen(element));
    if (isAsked) await Promise.all([session.sendCommand('DOM.enable')`,
        ],
        [
          /await Promise\.all\(\[\s*session\.sendCommand\('DOM\.disable'\)/,
          `if (isAsked) await this.questions.keep(elements, await collect().catch(() => []));
    for (const element of elements) delete element.styles;
    if (isAsked) await Promise.all([session.sendCommand('DOM.disable')`,
        ],
        [
          /for \(const element of elements\) \{[\s\S]*?fetchElementWithSizeInformation\(driver, element\);\s*\}\s*\}/,
          'skippedCount = await collectDetails(this, driver, elements, () => reachedGatheringBudget);',
        ],
      ],
    },
  ],
};
