/** How a line was found, best first. */
export type Rung = 'exact' | 'framework' | 'source-map' | 'guess';

/** The place in the workspace's source that an element comes from. */
export interface SourcePosition {
  /** Relative to the workspace, with / */
  file: string;
  /** From 1 */
  line: number;
  /** From 1 */
  column: number;
  by: Rung;
}

/** What a development build says of the source of one of its elements. */
export interface DeclaredSource {
  /** As the build names it: a path of the machine that built it, of the server, or a URL. */
  file: string;
  /** From 1; left out when the build names the file alone. */
  line?: number;
  /** From 1 */
  column?: number;
  by: 'framework' | 'source-map';
}

/** What a Lighthouse report says of an element: details of type `node`. */
export interface ReportedElement {
  /** Lighthouse's `devtoolsNodePath`, such as `1,HTML,1,BODY,0,MAIN` */
  path?: string;
  selector?: string;
  /** The opening tag; long values are cut and end with … */
  snippet?: string;
  nodeLabel?: string;
  /**
   * What else an audit of UX Audit knows of it: digests of the element and of its parents with all that is in them,
   * each with its index among its siblings, innermost first (readTrail in digests.ts).
   */
  trail?: string;
  /** Of the element in a development build. */
  source?: DeclaredSource;
}

/** A place in a script or style as a Lighthouse report names it: details of type `source-location`. */
export interface ReportedCode {
  url: string;
  /** From 0, as Lighthouse counts. */
  line: number;
  /** From 0 */
  column: number;
  /** Where Lighthouse's reading of the source map says it was written; both numbers from 0. */
  original?: { file: string; line: number; column: number };
}

/** A place in a text. Both count from 1; columns count UTF-16 units, as editors do. */
export interface Position {
  line: number;
  column: number;
}
