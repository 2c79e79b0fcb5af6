import { RecentlyUsed } from './remembered';

/** What style sheets say of an image's size, as Lighthouse's ImageElements words it. */
interface SizeRules {
  width: string | null;
  height: string | null;
  aspectRatio: string | null;
}

/** An image as ImageElements gathers it, and for a while with all that its size rules depend on (inPage/styleKeys.ts). */
interface GatheredImage {
  isCss: boolean;
  isInShadowDOM?: boolean;
  node: { devtoolsNodePath: string };
  cssEffectiveRules?: SizeRules;
  styles?: string | null;
}

const known = new RecentlyUsed<SizeRules>();

/**
 * The questions of one run about the size rules of its images, asked once for all that are alike: the browser takes up to
 * a tenth of a second for each where style sheets are long, since it lists the rules of all that is around too.
 */
export class ImageQuestions {
  private readonly answers = new Map<string, Promise<SizeRules | undefined>>();

  /** The browser must be asked about this image: it has size rules, and none that are alike gave them before. */
  isOpen({ isCss, isInShadowDOM, styles }: GatheredImage): boolean {
    return !isCss && !isInShadowDOM && !(styles && known.has(styles));
  }

  /**
   * Gives an image its size rules.
   *
   * @param ask asks the browser, and gives the image its `cssEffectiveRules` or leaves them out when it is gone
   * @throws what `ask` throws
   */
  async answer(image: GatheredImage, ask: () => Promise<void>): Promise<void> {
    const { styles } = image;
    if (!styles) return ask();
    const beingAsked = this.answers.get(styles);
    const rules = known.get(styles) ?? (beingAsked && (await beingAsked.catch(() => undefined)));
    if (rules) {
      image.cssEffectiveRules = { ...rules };
      return;
    }
    const asked = ask().then(() => image.cssEffectiveRules);
    this.answers.set(styles, asked);
    await asked;
  }

  /**
   * Keeps the answers for the runs and pages that follow, unless an image changed while they were asked for: its answer
   * would be that of another.
   */
  async keep(before: GatheredImage[], after: GatheredImage[]): Promise<void> {
    if (placesOf(before) !== placesOf(after)) return;
    for (const [styles, answer] of this.answers) {
      const rules = await answer.catch(() => undefined);
      if (rules) known.set(styles, rules);
    }
  }
}

function placesOf(images: GatheredImage[]): string {
  const places = images.filter(({ isCss }) => !isCss).map(({ node, styles }) => `${node.devtoolsNodePath} ${styles}`);
  return places.sort().join('\n');
}
