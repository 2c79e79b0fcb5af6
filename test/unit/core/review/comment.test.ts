import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import { comparedSteps } from '../../../../src/core/journey/comparedSteps';
import { emptyRecord } from '../../../../src/core/record/record';
import { reviewComment } from '../../../../src/core/review/comment';
import { gateReasons } from '../../../../src/core/review/gate';
import { type ReviewedPage, rowsForMachines } from '../../../../src/core/review/review';
import { reviewText } from '../../../../src/core/review/reviewText';
import { headline } from '../../../../src/core/review/sentences';
import { compareRows } from '../../../../src/core/verdict/pageComparison';
import { difference, page, review, rows, unknownRow } from './build';

const noLinks = { anchors: new Map<string, string>() };

const busy = review({
  pages: [
    page('checkout', { rows: rows(340), newRequests: ['/PaymentLogos.js'], pairs: 10 }),
    page('home', { rows: rows(-300) }),
    page('list', { rows: [unknownRow('total-blocking-time'), unknownRow('speed-index')] }),
    page('cart'),
    page('basket', { rows: [], incomparable: 'the page is new' }),
  ],
  differences: [
    difference({ change: 'new' }),
    difference({ change: 'fixed', target: 'list', problem: 'lighthouse/image-alt', title: 'Images lack text' }),
    difference({
      change: 'decided',
      target: 'home',
      problem: 'lighthouse/link-text',
      title: 'Links say nothing',
      detail: 'accepted by ana on 2026-11-28: the shop system writes them',
    }),
  ],
  lines: new Map([['checkout/lighthouse/label', { file: 'src/CardForm.tsx', line: 31, isSource: true }]]),
  anchors: new Map([['checkout/lighthouse/label', 'field-without-a-label']]),
  gate: [
    {
      rule: 'new',
      text: 'New on checkout, major (3 of 4): a field without a label',
      finding: 'checkout/lighthouse/label',
    },
    { rule: 'worse', text: 'Worse on checkout, mobile: LCP', target: 'checkout' },
  ],
});

describe('the comment on a pull request', () => {
  const text = reviewComment(busy, {
    findings: '../blob/9f2c1ab/ux-audit/findings.md',
    anchors: busy.anchors,
    line: (file, line) => `../blob/9f2c1ab/${file}#L${line}`,
  });
  const html = String(marked.parse(text, { gfm: true }));

  it('says in its first line what got worse and what is fixed', () => {
    expect(text.split('\n')[0]).toMatch(
      /^### UX Audit fails, 2 blockers: 1 new major problem, .*; LCP of checkout worse by 340 ms/,
    );
  });

  it('has no column that says nothing', () => {
    const text = reviewComment(review({ pages: [page('checkout', { rows: rows(340) }), page('home')] }), noLinks);
    expect(text).toContain('| Page | Worse |\n| :-- | :-- |\n| **checkout** | ▲ LCP **+340&nbsp;ms**<br>');
  });

  it('names both commits, so that what an earlier push gave is known as such', () => {
    const base = { name: 'main', commit: '0c1d2e3f4a5b' };
    const text = reviewComment(review({ base, pages: [page('home')] }), { ...noLinks, commit: '4be71d0aa9c1' });
    expect(text).toContain('1 page of `4be71d0` compared with `main` at `0c1d2e3`.');
  });

  it('names first what weighs most, on whatever page it is', () => {
    const pairs = Array.from({ length: 3 }, () => ({
      base: { isDisturbed: false, numbers: { bytes: 1_000_000 } },
      head: { isDisturbed: false, numbers: { bytes: 1_500_000 } },
    }));
    const heavier = page('product', { rows: compareRows([{ first: pairs, fresh: [] }])[0] ?? [] });
    const text = reviewComment(review({ pages: [heavier, page('checkout', { rows: rows(340) })] }), noLinks);
    expect(text.split('\n')[0]).toMatch(/passes: LCP of checkout worse by 340 ms; 1 more number worse$/);
  });

  it('says which journey is broken, which step waits longer, and at which step something is new', () => {
    const broken = page('order', {
      isJourney: true,
      rows: [],
      error: { side: 'head', what: '“Pay” cannot be completed. “Pay now” did not appear.', next: '' },
    });
    const pairs = Array.from({ length: 10 }, (_, n) => ({
      base: { isDisturbed: false, numbers: { 'waiting-1': 1_000 + n } },
      head: { isDisturbed: false, numbers: { 'waiting-1': 3_000 + n } },
    }));
    const numbers = comparedSteps([{ name: 'Ca|rt <b>' }]);
    const [slower] = compareRows([{ first: pairs.slice(0, 5), fresh: pairs.slice(5), numbers }]);
    const basket = page('basket', { isJourney: true, rows: slower ?? [] });
    const found = difference({ change: 'new', target: 'basket', step: 'Ca|rt <b>' });
    const text = reviewComment(review({ pages: [broken, basket], differences: [found] }), noLinks);
    expect(text.split('\n')[0]).toContain('order cannot be completed; 1 new major problem');
    expect(text).toContain('2 journeys compared with `main`');
    expect(text).toContain('▲ waiting at Ca&#124;rt &lt;b&gt; **+2.00&nbsp;s**');
    expect(text).toContain('Field without label, at Ca&#124;rt');
    expect(text).not.toContain('<b>');
    const gate = gateReasons(undefined, {
      pages: [broken],
      differences: [found],
      after: { record: emptyRecord(), invalid: new Set() },
      faults: [],
      evaluations: [],
      today: '2026-11-28',
    });
    expect(gate.map((reason) => reason.text)).toEqual([
      'Broken journey: order, mobile: “Pay” cannot be completed. “Pay now” did not appear.',
      'New on basket at “Ca|rt <b>”, major (3 of 4): Field without label',
    ]);
  });

  it('has at most 40 lines, also where very much changed', () => {
    expect(text.trim().split('\n').length).toBeLessThan(40);
    const many = Array.from({ length: 60 }, (_, n) => `page-${n}`);
    const all = review({
      pages: many.map((target) => page(target, { rows: rows(400) })),
      differences: many.map((target, n) =>
        difference({
          change: n % 2 === 0 ? 'new' : 'decided',
          target,
          problem: `lighthouse/rule-${n}`,
          detail: n % 2 === 0 ? '' : 'accepted',
        }),
      ),
      gate: many.map((target) => ({ rule: 'worse', text: `LCP of ${target} is worse`, target })),
    });
    const pictures = new Map(many.map((target, n) => [`${target}/lighthouse/rule-${n}`, 'ux-audit/evidence/a.png']));
    const long = reviewComment({ ...all, pictures }, { ...noLinks, picture: (file) => file });
    expect(long).toContain('Pictures, 2 of 30');
    expect(long.trim().split('\n').length).toBeLessThan(40);
    expect(long).toContain('56 more pages');
    expect(long).toContain('4. 57 more');
  });

  it('leads to the place in findings.md and to the line of code', () => {
    expect(html).toContain('href="../blob/9f2c1ab/ux-audit/findings.md#field-without-a-label"');
    expect(html).toContain('<a href="../blob/9f2c1ab/src/CardForm.tsx#L31"><code>src/CardForm.tsx:31</code></a>');
  });

  it('is a table that every row fits, with what cannot be told and what cannot be compared', () => {
    const [table = ''] = /<table>.*?<\/table>/s.exec(html) ?? [];
    const cells = [...table.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([row]) => [...row.matchAll(/<t[dh]/g)].length);
    expect(new Set(cells)).toEqual(new Set([6]));
    expect(table).toContain('? TBT, SI');
    expect(table).toContain('4 more pairs of runs would tell');
    expect(table).toContain('not comparable: the page is new');
    expect(text).toContain('5 pages compared with `main` at `4be71d0`; no change shown on 1 of them.');
  });

  it('says before all else what has to be fixed, each with its line, its advice, or what is loaded since', () => {
    const [list = ''] = /<ol>.*?<\/ol>/s.exec(html) ?? [];
    const items = [...list.matchAll(/<li>(.*?)<\/li>/gs)].map(([, item = '']) => item);
    expect(html.indexOf('<ol>')).toBeLessThan(html.indexOf('<table>'));
    expect(items[0]).toMatch(
      /^New on checkout, major \(3 of 4\): .*CardForm\.tsx#L31".*#field-without-a-label">Why and how</,
    );
    expect(items[1]).toMatch(/^Worse on checkout, mobile: LCP · now loads <code>\/PaymentLogos\.js<\/code>$/);
  });

  it('leads from what a slower page loads to the tag that asks for it', () => {
    const askedAt = new Map([['/logos.js', { file: 'site/index.html', line: 12 }]]);
    const slower = page('checkout', { rows: rows(340), newRequests: ['/a.js', '/logos.js'], askedAt });
    const gate = [{ rule: 'worse' as const, text: 'Worse on checkout, mobile: LCP', target: 'checkout' }];
    const text = reviewComment(review({ pages: [slower], gate }), {
      ...noLinks,
      line: (file, line) => `${file}#L${line}`,
    });
    expect(text).toContain('· now loads `/logos.js` ([`site/index.html:12`](site/index.html#L12)) and 1 more');
  });

  it('says where to start when nothing has to be fixed: what a slower page now loads', () => {
    const passing = String(marked.parse(reviewComment({ ...busy, gate: [] }, noLinks), { gfm: true }));
    expect(passing).toMatch(
      /Start here:<\/strong> checkout now loads <code>\/PaymentLogos\.js<\/code>, and its LCP got worse/,
    );
    expect(html).not.toContain('Start here');
  });

  it('shows pictures of what has to be fixed, folded, where the host has their bytes', () => {
    const finding = 'checkout/lighthouse/label';
    const pictured = { ...busy, pictures: new Map([[finding, 'ux-audit/evidence/a.png']]) };
    const picture = (file: string) => `https://host.example/raw/9f2c1ab/${file}`;
    const made = reviewComment(pictured, { ...noLinks, picture });
    const [image = ''] = /<details><summary>Pictures<\/summary>\s*(.*?)<\/details>/s
      .exec(String(marked.parse(made)))?.[1]
      ?.match(/<img[^>]*>/) ?? [''];
    expect(image).toBe(
      '<img src="https://host.example/raw/9f2c1ab/ux-audit/evidence/a.png" ' +
        'alt="New on checkout, major (3 of 4): a field without a label">',
    );
    expect(made.trim().split('\n').length).toBeLessThan(40);
    expect(reviewComment(pictured, noLinks)).not.toContain('Pictures');
  });

  it('tells decisions with their reasons, and how sure the times are', () => {
    expect(text).toContain('the shop system writes them');
    expect(text).toContain('How sure:');
    expect(text).toContain('How often this machine errs is not measured yet');
    const calibrated = { at: '', comparisons: 30, alarms: 0, visible: 150 };
    expect(reviewComment(review({ calibration: calibrated }), noLinks)).toContain(
      'called 0 of 30 comparisons of an unchanged page a change, and sees changes of LCP from 150 ms',
    );
  });

  it('keeps text of pages and people inert', () => {
    const title = '<img src=x onerror=alert(1)> @team #12 | [a](http://evil.example) $x$';
    const hostile = review({
      pages: [page('a|b', { rows: [], incomparable: title, newRequests: ['`/x'] })],
      differences: [
        difference({ change: 'new', target: 'a|b', title, problem: 'acme/x' }),
        difference({ change: 'decided', detail: title }),
      ],
      gate: [{ rule: 'new', text: title }],
    });
    const made = reviewComment(hostile, noLinks);
    const shown = String(marked.parse(made, { gfm: true }));
    expect(shown).not.toMatch(/<img|href="http:\/\/evil/);
    expect(made).not.toMatch(/(^|[\s(])@team/);
  });

  it('names budgets that the runs leave open, in the terminal too', () => {
    const open = review({ openBudgets: ['LCP on a|b <script>, mobile: not measured', '2', '3', '4'] });
    const made = reviewComment(open, { anchors: new Map() });
    expect(made).toMatch(
      /\*\*Budgets not judged:\*\* LCP on a&#124;b &lt;script&gt;, mobile: not measured; 2; 3; 1 more\.$/m,
    );
    expect(reviewText(open)).toContain('Budget not judged: LCP on a|b <script>, mobile: not measured.');
  });

  it('names what was not measured, in the terminal too', () => {
    const untold = review({ notMeasured: ['home, mobile, main: the score of <b>Accessibility</b>: axe failed'] });
    const made = reviewComment(untold, noLinks);
    expect(made).toContain('**Not measured:** home, mobile, main: the score of &lt;b&gt;Accessibility');
    expect(reviewText(untold)).toContain('Not measured: home, mobile, main: the score of <b>Accessibility</b>: axe');
  });

  it('says that the record of the version before could not be read', () => {
    const unread = review({ unread: 'main: findings.json has an unresolved merge conflict at line 3.' });
    const sentence = 'could not be read:';
    expect(reviewComment(unread, noLinks)).toContain(`**The record of \`main\` ${sentence}** main: findings.json has`);
    expect(reviewText(unread)).toContain(`The record of main ${sentence} main: findings.json has`);
  });

  it('says no change only of what could be compared', () => {
    const apart = page('list', { rows: [], incomparable: 'a redirect' });
    const failed = page('cart', { rows: [], error: { side: 'base', what: 'It answers 500.', next: 'Look.' } });
    const open = page('pay', { rows: [unknownRow('total-blocking-time')] });
    const headlineOf = (...pages: ReviewedPage[]) => headline(review({ pages }));
    expect(headlineOf(apart, failed)).toBe('nothing could be compared');
    const desktop = { ...apart, formFactor: 'desktop' as const };
    const journey = page('buy', { rows: [], isJourney: true, incomparable: 'it is new' });
    expect(headlineOf(page('home'), apart, desktop, failed, journey)).toBe(
      'no change shown; 2 pages and 1 journey could not be compared',
    );
    expect(headlineOf(page('home', { lost: ['Accessibility: axe failed'] }))).toBe('home cannot be measured');
    expect(headlineOf(open)).toBe('cannot tell');
    expect(headlineOf(page('home', { rows: [] }))).toBe('no change shown');
  });

  it('passes in few words where nothing changed', () => {
    const calm = reviewComment(review(), noLinks);
    expect(calm).toMatch(/^### UX Audit passes: no change shown/);
    expect(calm).toContain('2 pages compared with `main` at `4be71d0`.');
  });
});

describe('a review in the terminal', () => {
  it('fits on a screen and says why the gate fails', () => {
    const text = reviewText(busy);
    expect(text.split('\n').length).toBeLessThanOrEqual(24);
    expect(text).toContain('The gate fails, 2 reasons:');
    expect(text).toMatch(/^worse {5}checkout \(mobile\): LCP \+340 ms/m);
    expect(text).toContain('cannot tell: list (mobile): TBT, SI');
    expect(text).not.toContain('\u001b');
  });
});

describe('rows for machines', () => {
  it('have the words of the issue and numbers in their units', () => {
    const all = rowsForMachines(busy);
    expect(
      all.find(({ target, number }) => target === 'checkout' && number === 'largest-contentful-paint'),
    ).toMatchObject({
      formFactor: 'mobile',
      verdict: 'worse',
      shift: 340,
      confirmed: true,
      n: 10,
    });
    expect(all.find(({ target }) => target === 'basket')).toMatchObject({
      verdict: 'incomparable',
      why: 'the page is new',
    });
  });
});
