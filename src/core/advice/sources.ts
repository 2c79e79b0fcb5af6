/** What to read elsewhere. */
export interface Source {
  name: string;
  url: string;
}

/** A finding of a rule in our words: what is wrong, who is shut out, how to mend it. */
export interface Advice {
  /** What is wrong. At most 26 characters where any wording allows it, never over 32. */
  title: string;
  /** Who is shut out or what is lost, in one or two sentences. */
  why: string;
  /** Two to four short steps. May hold `code`. */
  steps: string[];
  /** A generic example, where a change of code is what mends it. */
  code?: { language: 'html' | 'css' | 'js' | 'http'; before: string; after: string };
  /** The standard that it breaks, such as WCAG 2.2 1.4.3 Contrast (Minimum), AA. Best practices break none. */
  standard?: Source;
  /** More to read. */
  more?: Source;
}

/** Advice by the name of a rule. */
export type AdviceTable = Readonly<Record<string, Advice>>;

/** The success criteria that rules test: title, level, and the last part of the address of W3C's explanation. */
const criteria = {
  '1.1.1': ['Non-text Content', 'A', 'non-text-content'],
  '1.2.1': ['Audio-only and Video-only (Prerecorded)', 'A', 'audio-only-and-video-only-prerecorded'],
  '1.2.2': ['Captions (Prerecorded)', 'A', 'captions-prerecorded'],
  '1.3.1': ['Info and Relationships', 'A', 'info-and-relationships'],
  '1.3.4': ['Orientation', 'AA', 'orientation'],
  '1.3.5': ['Identify Input Purpose', 'AA', 'identify-input-purpose'],
  '1.4.1': ['Use of Color', 'A', 'use-of-color'],
  '1.4.2': ['Audio Control', 'A', 'audio-control'],
  '1.4.3': ['Contrast (Minimum)', 'AA', 'contrast-minimum'],
  '1.4.4': ['Resize Text', 'AA', 'resize-text'],
  '1.4.6': ['Contrast (Enhanced)', 'AAA', 'contrast-enhanced'],
  '1.4.12': ['Text Spacing', 'AA', 'text-spacing'],
  '2.1.1': ['Keyboard', 'A', 'keyboard'],
  '2.2.1': ['Timing Adjustable', 'A', 'timing-adjustable'],
  '2.2.2': ['Pause, Stop, Hide', 'A', 'pause-stop-hide'],
  '2.2.4': ['Interruptions', 'AAA', 'interruptions'],
  '2.4.1': ['Bypass Blocks', 'A', 'bypass-blocks'],
  '2.4.2': ['Page Titled', 'A', 'page-titled'],
  '2.4.4': ['Link Purpose (In Context)', 'A', 'link-purpose-in-context'],
  '2.4.9': ['Link Purpose (Link Only)', 'AAA', 'link-purpose-link-only'],
  '2.5.3': ['Label in Name', 'A', 'label-in-name'],
  '2.5.8': ['Target Size (Minimum)', 'AA', 'target-size-minimum'],
  '3.1.1': ['Language of Page', 'A', 'language-of-page'],
  '3.1.2': ['Language of Parts', 'AA', 'language-of-parts'],
  '3.3.2': ['Labels or Instructions', 'A', 'labels-or-instructions'],
  '4.1.2': ['Name, Role, Value', 'A', 'name-role-value'],
} as const;

/** A success criterion of WCAG 2.2. */
export function wcag(number: keyof typeof criteria): Source {
  const [title, level, page] = criteria[number];
  return {
    name: `WCAG 2.2 ${number} ${title}, ${level}`,
    url: `https://www.w3.org/WAI/WCAG22/Understanding/${page}.html`,
  };
}

const at =
  (site: string, base: string) =>
  (page: string, name: string): Source => ({ name: `${site}: ${name}`, url: `${base}${page}` });

export const w3c = at('W3C', 'https://www.w3.org/');
/** The ARIA Authoring Practices Guide. */
export const apg = at('W3C', 'https://www.w3.org/WAI/ARIA/apg/');
export const tutorial = at('W3C', 'https://www.w3.org/WAI/tutorials/');
export const mdn = at('MDN', 'https://developer.mozilla.org/en-US/docs/');
export const webDev = at('web.dev', 'https://web.dev/articles/');
export const chrome = at('Chrome', 'https://developer.chrome.com/docs/');
/** Chrome's page of an insight of Lighthouse 13. */
export const insight = at('Chrome', 'https://developer.chrome.com/docs/performance/insights/');
/** Chrome's page of a Lighthouse audit. */
export const lighthouse = at('Chrome', 'https://developer.chrome.com/docs/lighthouse/');
