import { createHash } from 'node:crypto';

/**
 * The hidden first line by which a comment of ours is found again. That of a workspace below the root of its repository
 * names its folder, so that each has a comment of its own. Bitbucket shows HTML comments as text, so there it is a link
 * that nothing refers to, which is not shown.
 */
const MARK = /^(?:<!-- ux-audit(?: ([\w./%-]{1,300}))? -->|\[\/\/\]: # \(ux-audit(?: ([\w./%-]{1,300}))?\))$/;

const markOf = (folder: string) => `<!-- ${['ux-audit', folder].filter(Boolean).join(' ')} -->`;

/**
 * The folder that the mark of a text names, empty for the root of a repository; undefined where the text does not begin
 * with a mark. One that quotes it further down, or in its first line, does not.
 */
export function markedFolder(text: string): string | undefined {
  const first = text.replace(/^\ufeff/, '').split('\n', 1)[0];
  const found = MARK.exec(first?.trim() ?? '');
  return found ? (found[1] ?? found[2] ?? '') : undefined;
}

/** The longest name of a folder in a mark. A longer one is told by its beginning and its hash. Characters. */
const LONGEST_NAME = 200;

/** A folder as a mark can name it: without what would end the mark. */
export function folderForMark(folder: string): string {
  const escaped = (text: string) => [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`);
  const name = folder.replace(/[^\w./-]|-(?=-)/gu, (text) => escaped(text).join(''));
  if (name.length <= LONGEST_NAME) return name;
  return `${name.slice(0, LONGEST_NAME - 64)}${createHash('sha256').update(folder).digest('hex')}`;
}

/** The comment with a mark as its first line, which names `folder` unless the comment has one. */
export function marked(comment: string, folder = ''): string {
  const text = comment.replaceAll('\r\n', '\n').trimEnd();
  return markedFolder(text) === undefined ? `${markOf(folder)}\n${text}` : text;
}

/** Whether two comments are the same for a reader; hosts change line ends and the end of a text. */
export function isSameText(one: string, other: string): boolean {
  const plain = (text: string) => text.replaceAll('\r\n', '\n').trimEnd();
  return plain(one) === plain(other);
}

const isTableRow = (line: string) => /^\s*\|/.test(line);
const isTableRule = (line: string) => /^\s*\|?\s*:?-+:?\s*(\||$)/.test(line);

/** Follows what a text has opened and not yet closed: `<details>`, `<table>` and fenced code. */
class Open {
  private readonly tags: string[] = [];
  private fence = '';

  read(line: string): void {
    const fence = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? '';
    if (this.fence) {
      if (fence.startsWith(this.fence)) this.fence = '';
    } else if (fence) {
      this.fence = fence;
    } else {
      for (const { 1: end, 2: name = '' } of line.replace(/(`+).*?\1/g, '').matchAll(/<(\/?)(details|table)\b/gi)) {
        const tag = name.toLowerCase();
        if (!end) this.tags.push(tag);
        else if (this.tags.includes(tag)) this.tags.splice(this.tags.lastIndexOf(tag), 1);
      }
    }
  }

  /** The lines that close all of it. */
  closing(): string[] {
    return [...(this.fence ? [this.fence] : []), ...this.tags.toReversed().map((tag) => `</${tag}>`)];
  }
}

/**
 * A comment that a place can take: cut between two lines, with what is open closed, and a last line that says so.
 * @param limit the size of the result at most, in what `size` counts
 * @param where the address at which all of it is, if there is one
 * @param size UTF-16 units when left out
 */
export function cutComment(
  comment: string,
  limit: number,
  where: string | undefined,
  size = (text: string) => text.length,
): string {
  if (size(comment) <= limit) return comment;
  const all = where ? `[All of it is with the job](${where}).` : 'All of it is in the artifact of the job.';
  const last = `**Cut here:** the text is longer than this place takes. ${all}`;
  const lines = comment.split('\n');
  const open = new Open();
  const end = (closing: readonly string[]) => ['', ...closing, '', last].join('\n');
  let kept = 0;
  let used = 0;
  let ending = end([]);
  for (const line of lines) {
    used += size(line) + 1;
    open.read(line);
    const wanted = end(open.closing());
    if (used + size(wanted) > limit && kept > 0) break;
    kept += 1;
    ending = wanted;
  }
  // the head of a table alone would be shown as text
  if (isTableRow(lines[kept - 1] ?? '') && isTableRule(lines[kept] ?? '')) kept -= 1;
  return `${lines.slice(0, kept).join('\n')}\n${ending}`;
}

const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', nbsp: '\u00a0' };

/**
 * A comment for Bitbucket, which shows HTML and entities as text: what they fold stands open under a heading. A
 * character that was an entity so that it does nothing still does nothing: a space without width follows it.
 */
export function withoutHtml(comment: string): string {
  return comment
    .replace(/^<!-- (ux-audit[^\n]*) -->/, '[//]: # ($1)\n')
    .replace(/<summary>(.*?)<\/summary>/gi, '\n**$1**\n')
    .replace(/<br\s*\/?>/gi, ' · ')
    .replace(/<\/?(?:details|sub|sup|span|a)\b[^<>]*>/gi, '')
    .replace(/&(?:#(\d{1,6})|([a-z]+));/gi, (all, code?: string, name = '') => {
      const character = code ? String.fromCodePoint(Number(code)) : entities[name.toLowerCase()];
      if (character === undefined) return all;
      return /[\s"&\u200b]/.test(character) ? character : `${character}\u200b`;
    })
    .replace(/\n{3,}/g, '\n\n');
}
