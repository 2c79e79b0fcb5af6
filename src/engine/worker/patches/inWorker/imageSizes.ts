import type BaseGatherer from 'lighthouse/core/gather/base-gatherer.js';
import { traceOf } from './computeAhead';
import { RecentlyUsed } from './memoize';

type Driver = Parameters<BaseGatherer['getArtifact']>[0]['driver'];

/** The size rules of an image, in the format of Lighthouse's ImageElements. */
interface SizeRules {
  width: string | null;
  height: string | null;
  aspectRatio: string | null;
}

/** An image of ImageElements; for a while with the key of its size rules (../inPage/styleKeys.ts). */
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

/** Fetches the size rules of one run's images, once for all images that are alike. */
export class ImageQuestions {
  private readonly answers = new Map<string, Promise<SizeRules | undefined>>();

  /** Whether the browser must be asked about this image: it has size rules, and no image with its key had an answer. */
  isOpen({ isCss, isInShadowDOM, styles }: GatheredImage): boolean {
    return !isCss && !isInShadowDOM && !(styles && known.has(styles));
  }

  /**
   * Gives an image its size rules.
   *
   * @param ask asks the browser and sets the image's `cssEffectiveRules`, or does not when the image is gone
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
   * Keeps the answers for later runs and pages, unless an image changed meanwhile, so that its answer may be another's.
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

/** The most requests to the browser at once. */
const MOST_AT_ONCE = 20;
/** How long to fetch natural sizes, as in Lighthouse. Milliseconds. */
const SIZES_WITHIN = 5_000;

/** The parts of Lighthouse's ImageElements that this module uses. */
interface ImageGatherer {
  questions: ImageQuestions;
  fetchSourceRules(session: Driver['defaultSession'], path: string, image: GatheredImage): Promise<void>;
  fetchElementWithSizeInformation(driver: Driver, image: GatheredImage): Promise<void>;
}

/**
 * Gives images their size rules and, if the page does not know it, their natural size.
 * @returns how many images were left out for lack of time
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
    rules.catch(() => {}); // awaited below
    asked.push(rules);
    if (asked.length > MOST_AT_ONCE) await asked.shift();
  }
  await Promise.all(asked);
  const sized = images.slice(0, reached).filter(({ isPicture, isCss, srcset }) => isPicture || isCss || srcset);
  if (sized.length > 0) await traceOf(session)?.catch(() => {}); // else answers, limited to 250 ms, wait behind it
  const end = performance.now() + SIZES_WITHIN;
  for (const image of sized) {
    if (performance.now() > end) break;
    await gatherer.fetchElementWithSizeInformation(driver, image);
  }
  return images.length - reached;
}
