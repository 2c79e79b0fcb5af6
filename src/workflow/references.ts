import { fixFor } from '../core/fixes/fixes';
import { addressOfTarget, addressText } from '../core/record/pageAddress';
import type { Finding, Target } from '../core/record/record';
import { Lines } from '../core/sources/lines';
import type { SourcePosition } from '../core/sources/sources';
import { type Opening, openingsOf } from '../core/sources/templates';
import type { WorkspaceFiles } from '../storage/workspaceFiles';
import type { PlaceFix } from './placeFix';
import { servedName } from './servedName';

/** A tag of the page's own file that asks for a resource. */
export interface Reference {
  position: SourcePosition;
  /** What a certain change of that tag would do. */
  fix?: PlaceFix;
}

const asking = ['script', 'link', 'img', 'iframe', 'source', 'video', 'audio', 'embed', 'input'];

/**
 * The tags in the file of a served page that ask for resources, by the address of the resource.
 * @param finding whose certain fix is looked for; without one, none is
 * @param urls addresses as the report has them
 */
export async function referencesOf(
  files: WorkspaceFiles,
  target: Target,
  finding: Pick<Finding, 'rule'> | undefined,
  urls: readonly string[],
): Promise<Map<string, Reference>> {
  const address = addressOfTarget(target);
  const file = address && (await servedName(files, target, address.path));
  const text = file === undefined ? undefined : await files.text(file);
  const found = new Map<string, Reference>();
  if (!address || file === undefined || text === undefined || urls.length === 0) return found;
  const lines = new Lines(text);
  const byAddress = new Map(
    openingsOf(asking, text).flatMap((opening) => {
      const [url] = addressesOf(opening, addressText(address));
      return url === undefined ? [] : [[url, opening] as const];
    }),
  );
  for (const url of urls) {
    const opening = byAddress.get(comparable(url));
    if (!opening) continue;
    const position: SourcePosition = { file, ...lines.at(opening.at), by: 'exact' };
    const fix = finding && fixFor(finding.rule, text, opening.at, file);
    found.set(url, { position, ...(fix && { fix: { ...fix, file, text } }) });
  }
  return found;
}

/** The address that a tag asks for, as {@link comparable}. */
function addressesOf({ attributes }: Opening, page: string): string[] {
  const given = attributes.get('src') ?? attributes.get('href');
  const base = `http://served.invalid${page}`;
  return given !== undefined && URL.canParse(given, base) ? [comparable(new URL(given, base).href)] : [];
}

/** An address as it is compared: those of the page's own site without their origin, since its port differs. */
function comparable(url: string): string {
  if (!URL.canParse(url)) return url;
  const { host, hostname, pathname, search } = new URL(url);
  const isOwn = hostname === 'served.invalid' || hostname === '127.0.0.1' || hostname === 'localhost';
  return isOwn ? `${pathname}${search}` : `${host}${pathname}${search}`;
}
