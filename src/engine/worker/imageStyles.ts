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
  cssEffectiveRules?: SizeRules;
  styles?: string | null;
}

const known = new RecentlyUsed<SizeRules>();
const asking = new Map<string, Promise<SizeRules | undefined>>();

/** The browser must be asked for the size rules of this image: it has some, and none that are alike gave them before. */
export function mustBeAsked({ isCss, isInShadowDOM, styles }: GatheredImage): boolean {
  return !isCss && !isInShadowDOM && !(styles && known.has(styles));
}

/**
 * Gives an image its size rules, and asks for them only where no image with the same styles has them: the browser takes
 * up to a tenth of a second for each where style sheets are long, since it lists the rules of all that is around too.
 *
 * @param ask gives the image its `cssEffectiveRules`, or leaves them out when it is gone
 * @throws what `ask` throws
 */
export async function askAlikeOnce(image: GatheredImage, ask: () => Promise<void>): Promise<void> {
  const { styles } = image;
  if (!styles) return ask();
  const beingAsked = asking.get(styles);
  const rules = known.get(styles) ?? (beingAsked && (await beingAsked.catch(() => undefined)));
  if (rules) {
    image.cssEffectiveRules = { ...rules };
    return;
  }
  const asked = ask().then(() => image.cssEffectiveRules);
  asking.set(styles, asked);
  try {
    const answer = await asked;
    if (answer) known.set(styles, answer);
  } finally {
    asking.delete(styles);
  }
}
