/** Control characters, and the marks that reorder what is displayed (Unicode bidirectional formatting). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the point
const active = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Removes what would steer a terminal or reorder text, and makes white space one space. */
export function withoutControls(text: string): string {
  return text.replace(/\s+/g, ' ').replace(active, '');
}

/** Untrusted text as one line that cannot steer a terminal or reorder the text around it. */
export function inertLine(text: string): string {
  return withoutControls(text).trim();
}
