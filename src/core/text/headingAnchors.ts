/**
 * Gives headings the anchors that GitHub gives them: in lower case, without punctuation, with hyphens for spaces, and a
 * number from the second of the same on (github.com/gjtorikian/html-pipeline, table_of_contents_filter). Every heading
 * of a document has to pass, in its order.
 */
export class HeadingAnchors {
  private readonly known = new Map<string, number>();

  /** @param text as it is rendered @returns the anchor without `#`; empty for a heading of punctuation alone */
  anchorOf(text: string): string {
    const anchor = text
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{Nd}\p{Pc}\- ]/gu, '')
      .replaceAll(' ', '-');
    const before = this.known.get(anchor) ?? 0;
    this.known.set(anchor, before + 1);
    return before > 0 ? `${anchor}-${before}` : anchor;
  }
}
