import { describe, expect, it } from 'vitest';
import { ImageQuestions } from '../../../src/engine/worker/patches/inWorker/imageSizes';

type Image = Parameters<ImageQuestions['answer']>[0];

const rules = { width: '1px', height: null, aspectRatio: null };
const image = (styles: string | null): Image => ({ isCss: false, node: { devtoolsNodePath: '1,HTML' }, styles });

/** Asks for images, all of them at once, and says which were really asked about and what all of them got. */
async function asking(images: Image[], answer: (image: Image) => void, after = images) {
  const questions = new ImageQuestions();
  const asked: Image[] = [];
  const ended = await Promise.allSettled(
    images.map((each) =>
      questions.answer(each, async () => {
        asked.push(each);
        await Promise.resolve();
        answer(each);
      }),
    ),
  );
  await questions.keep(images, after);
  return { asked: asked.length, failed: ended.filter(({ status }) => status === 'rejected').length };
}
const mustBeAsked = (each: Image) => new ImageQuestions().isOpen(each);
const answering = (each: Image) => {
  each.cssEffectiveRules = rules;
};

describe('size rules of images', () => {
  it('are asked for once where images are alike, and not again for the next page', async () => {
    const images = [image('a'), image('a'), image('b'), image('a')];
    expect(images.every(mustBeAsked)).toBe(true);
    expect((await asking(images, answering)).asked).toBe(2);
    expect(images.map(({ cssEffectiveRules }) => cssEffectiveRules)).toEqual([rules, rules, rules, rules]);
    const next = [image('b'), image('a')];
    expect(next.some(mustBeAsked)).toBe(false);
    expect((await asking(next, answering)).asked).toBe(0);
    expect(next.map(({ cssEffectiveRules }) => cssEffectiveRules)).toEqual([rules, rules]);
  });

  it('are not kept where an image changed while they were asked for', async () => {
    await asking([image('moving')], answering, [image('moved')]);
    await asking([image('removed')], answering, []);
    expect([image('moving'), image('removed')].every(mustBeAsked)).toBe(true);
  });

  it('are asked for one by one where images cannot be compared', async () => {
    expect((await asking([image(null), image(null)], answering)).asked).toBe(2);
    expect(mustBeAsked(image(null))).toBe(true);
  });

  it('are asked for again where the image asked about was gone, or asking failed', async () => {
    const images = [image('gone'), image('gone'), image('gone')];
    const gone = await asking(images, (each) => each !== images[0] && answering(each));
    expect(gone.asked).toBeGreaterThan(1);
    expect(images.map(({ cssEffectiveRules }) => cssEffectiveRules)).toEqual([undefined, rules, rules]);
    const failing = [image('failing'), image('failing')];
    const failed = await asking(failing, (each) => {
      if (each === failing[0]) throw new Error('no answer');
      answering(each);
    });
    expect(failed).toEqual({ asked: 2, failed: 1 });
    expect(failing[1]?.cssEffectiveRules).toEqual(rules);
  });

  it('are no question for backgrounds and what is in a shadow', () => {
    expect(
      [
        { ...image(null), isCss: true },
        { ...image(null), isInShadowDOM: true },
      ].some(mustBeAsked),
    ).toBe(false);
  });
});
