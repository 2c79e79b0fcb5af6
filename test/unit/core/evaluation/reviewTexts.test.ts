import { describe, expect, it } from 'vitest';
import { contentsText, teamMessage } from '../../../../src/core/evaluation/reviewTexts';

const work = { titles: ['Checkout', 'Home'], checklist: 'House rules', by: 'ana', problems: 6, isDraft: false };

describe('the message for a team', () => {
  it('says what was evaluated, with what was found, and where to look', () => {
    const page = 'https://github.com/acme/shop/compare/main...ux/x?expand=1';
    expect(teamMessage(work, { page, place: 'github.com/acme/shop', branch: 'ux/x' })).toBe(
      `I evaluated Checkout and Home with the checklist “House rules” (ana) and found 6 problems.\nLook at it here: ${page}`,
    );
  });

  it('says the place and the name where no page of a review is known, and that a draft is one', () => {
    const text = teamMessage(
      { ...work, titles: ['Home'], problems: 0, isDraft: true },
      { place: '/srv/x', branch: 'ux/x' },
    );
    expect(text).toContain('I evaluated Home with');
    expect(text).toContain('found no problem. It is still a draft.');
    expect(text).toContain('at /srv/x under the name “ux/x”');
  });

  it('names the first of many pages, and keeps each title on its line', () => {
    const titles = ['A\nB', ...Array.from({ length: 9 }, (_, at) => `Page ${at}`)];
    const [first] = teamMessage({ ...work, titles }, { branch: 'ux/x' }).split('\n');
    expect(first).toMatch(/^I evaluated A.B, Page 0, .*Page 6 and 2 more with/);
  });
});

describe('what is sent', () => {
  it('says of pictures that they are new where others were sent before', () => {
    const sent = { problems: 6, pictures: 1, isAddition: false, hasChecklist: false };
    expect(contentsText(sent)).toBe('6 problems, 1 picture');
    expect(contentsText({ ...sent, isAddition: true, hasChecklist: true })).toBe(
      '6 problems, 1 new picture, your checklist',
    );
    expect(contentsText({ ...sent, pictures: 0 })).toBe('6 problems');
  });
});
