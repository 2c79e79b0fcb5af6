/**
 * Characters that are not seen but act: they steer a terminal, reorder what is displayed, or make two texts that look
 * the same differ (Unicode properties Cc and Default_Ignorable_Code_Point, interlinear marks, line separators). The
 * first two alternatives are those that belong where they stand: joiners inside scripts and emoji that need them, and
 * variation selectors after the character that they vary.
 */
const hidden = new RegExp(
  '(?<=\\P{ASCII})[\\u200c\\u200d](?=\\P{ASCII})|(?<=\\P{ASCII}|[#*0-9])[\\ufe00-\\ufe0f]|' +
    '([\\p{Cc}\\p{DI}\\u2028\\u2029\\ufff9-\\ufffb])',
  'gu',
);
/** Most texts have none of them; this is quicker to tell. */
const plain = /^[\u0020-\u007e\u00a1-\u00ac\u00ae-\u024f]*$/;

function escaped(text: string): string {
  return text.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Shows hidden characters as escapes, such as `\u202e`. In JSON they then mean the same as before. */
export function withEscapes(text: string): string {
  if (plain.test(text)) return text;
  return text.replace(hidden, (character, bad?: string) => (bad === undefined ? character : escaped(bad)));
}

/** Text with its white space as single spaces, as it may be stored. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Breaks what GitHub's and Azure's agents take for a command wherever it stands in a line that a job prints. */
export function withoutCommands(text: string, by = '# #'): string {
  return text.replace(/##(?=\[|vso\[)/gi, by);
}

/**
 * Untrusted text as one line that cannot steer a terminal or the agent of a job, reorder the text around it, or hide a
 * part of itself.
 */
export function inertLine(text: string): string {
  return withoutCommands(withEscapes(oneLine(text)));
}

/** JSON in which hidden characters are escapes. @param indent spaces for each level; one line when left out */
export function inertJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).split('\n').map(withEscapes).join('\n');
}
