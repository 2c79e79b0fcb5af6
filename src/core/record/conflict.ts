/** What the two sides of a conflict are, in words: branches, commits or files. */
export interface SideNames {
  ours: string;
  theirs: string;
}

/** The texts that a file with git's conflict markers holds. */
export interface ConflictTexts {
  ours: string;
  theirs: string;
  /** Only with the styles diff3 and zdiff3. */
  base: string | undefined;
  /** What the first markers say after their signs, such as `HEAD` and `work`. Empty when they say nothing. */
  labels: SideNames;
}

/**
 * Splits a file with git's conflict markers (styles merge, diff3 and zdiff3).
 * @returns undefined when there are no markers, or when some are missing
 */
export function splitConflict(text: string): ConflictTexts | undefined {
  const sides = { ours: [] as string[], base: [] as string[], theirs: [] as string[] };
  let within: 'common' | 'ours' | 'base' | 'theirs' = 'common';
  let conflicts = 0;
  let withBase = 0;
  const labels = { ours: '', theirs: '' };
  for (const line of text.split('\n')) {
    const bare = line.replace(/\r$/, '');
    if (/^<{7}( |$)/.test(bare)) {
      if (within !== 'common') return undefined;
      within = 'ours';
      labels.ours ||= bare.slice(8).trim();
      conflicts += 1;
    } else if (within === 'ours' && /^\|{7}( |$)/.test(bare)) {
      within = 'base';
      withBase += 1;
    } else if ((within === 'ours' || within === 'base') && /^={7}$/.test(bare)) {
      within = 'theirs';
    } else if (within === 'theirs' && /^>{7}( |$)/.test(bare)) {
      within = 'common';
      labels.theirs ||= bare.slice(8).trim();
    } else if (within === 'common') {
      sides.ours.push(line);
      sides.base.push(line);
      sides.theirs.push(line);
    } else {
      sides[within].push(line);
    }
  }
  if (within !== 'common' || conflicts === 0) return undefined;
  return {
    ours: sides.ours.join('\n'),
    theirs: sides.theirs.join('\n'),
    base: withBase === conflicts ? sides.base.join('\n') : undefined,
    labels,
  };
}
