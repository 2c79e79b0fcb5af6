/** The steps of a path or URL as builds write them, without what is not the file: scheme, host, query, `.` and `..`. */
function stepsOf(declared: string): string[] {
  const path = declared
    .replaceAll('\\', '/')
    .replace(/^[a-z][\w+.-]*:\/\/(?:[^/]*(?=\/))?/i, '')
    .replace(/^[a-z]:(?=\/)/i, '')
    .replace(/[?#].*$/s, '');
  return decoded(path)
    .split('/')
    .filter((step) => step !== '' && step !== '.' && step !== '..' && step !== '@fs');
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Whether a path belongs to a dependency or to the tool itself. */
export function isForeignFile(declared: string): boolean {
  return /(?:^|[\\/])(?:node_modules|\.(?:next|nuxt|vite|svelte-kit|angular))[\\/]|^(?:node|native|internal):|\0/.test(
    declared,
  );
}

/**
 * The file of a workspace that a build means: the one whose path has the longest end in common with the build's.
 * What a page says is untrusted, so it is only compared, never opened.
 *
 * @param declared a path on the machine of the build, on the server, or a URL
 * @param files relative to the workspace, with /
 * @returns undefined when none fits, or several fit as well
 */
export function workspaceFile(declared: string, files: Iterable<string>): string | undefined {
  if (isForeignFile(declared)) return undefined;
  const wanted = stepsOf(declared).reverse();
  let [best, length, isShared] = [undefined as string | undefined, 1, false];
  for (const file of files) {
    if (!file.endsWith(wanted[0] ?? '\0')) continue;
    const steps = file.split('/').reverse();
    let common = 0;
    while (common < steps.length && steps[common] === wanted[common]) common += 1;
    // the whole of the one must be the end of the other, else they are only called alike
    const isEnd = common === wanted.length || (common === steps.length && common > 1);
    if (!isEnd || common < length) continue;
    isShared = best !== undefined && common === length;
    [best, length] = [file, common];
  }
  return isShared ? undefined : best;
}
