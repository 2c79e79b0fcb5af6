import type BaseGatherer from 'lighthouse/core/gather/base-gatherer.js';
import { traceOf } from './computeAhead';
import { RecentlyUsed } from './memoize';

type Driver = Parameters<BaseGatherer['getArtifact']>[0]['driver'];

/** What style sheets say of an image's size, as Lighthouse's ImageElements words it. */
interface SizeRules {
  width: string | null;
  height: string | null;
  aspectRatio: string | null;
}

/** An image as ImageElements gathers it; for a while with what its size rules depend on (../inPage/styleKeys.ts). */
interface GatheredImage {
  isCss: boolean;
  isInShadowDOM?: boolean;
  isPicture?: boolean;
  srcset?: string;
  node: { devtoolsNodePath: string };
  cssEffectiveRules?: SizeRules;
  styles?: string | null;
}

const known = new RecentlyUsed<SizeRules>();

/**
 * The questions of one run about the size rules of its images, asked once for all that are alike.
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

/** Questions on their way to the browser at most. */
const MOST_AT_ONCE = 20;
/** How long natural sizes are asked for, as in Lighthouse. Milliseconds. */
const SIZES_WITHIN = 5_000;

/** What this module uses of Lighthouse's ImageElements. */
interface ImageGatherer {
  questions: ImageQuestions;
  fetchSourceRules(session: Driver['defaultSession'], path: string, image: GatheredImage): Promise<void>;
  fetchElementWithSizeInformation(driver: Driver, image: GatheredImage): Promise<void>;
}

/**
 * Gives images their size rules and, where the page does not know it, their natural size.
 * @returns how many images were left out because no time was left
 */
export async function collectDetails(
  gatherer: ImageGatherer,
  driver: Driver,
  images: GatheredImage[],
  isOutOfTime: () => boolean,
): Promise<number> {
  const session = driver.defaultSession;
  const asked: Promise<void>[] = [];
  let reached = 0;
  for (const image of images) {
    if (isOutOfTime()) break;
    reached += 1;
    if (image.isInShadowDOM || image.isCss) continue;
    const rules = gatherer.questions.answer(image, () =>
      gatherer.fetchSourceRules(session, image.node.devtoolsNodePath, image),
    );
    rules.catch(() => {}); // heard below
    asked.push(rules);
    if (asked.length > MOST_AT_ONCE) await asked.shift();
  }
  await Promise.all(asked);
  const sized = images.slice(0, reached).filter(({ isPicture, isCss, srcset }) => isPicture || isCss || srcset);
  if (sized.length > 0) await traceOf(session)?.catch(() => {}); // answers would wait behind it, and have 250 ms
  const end = performance.now() + SIZES_WITHIN;
  for (const image of sized) {
    if (performance.now() > end) break;
    await gatherer.fetchElementWithSizeInformation(driver, image);
  }
  return images.length - reached;
}
