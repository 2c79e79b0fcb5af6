import type { CourseEvent } from '../core/impact/impactData';
import type { Git } from './git';

/**
 * Commits that changed a folder since a day, and tags on them, oldest first; none when git fails.
 * @param about `without`: a folder whose changes do not count; `since`: YYYY-MM-DD
 */
export async function gitHistory(
  git: Git,
  folder: string,
  { without, since, most }: { without: string; since: string; most: number },
): Promise<CourseEvent[]> {
  const paths = [(await git.relative(folder)) || '.', `:(exclude)${await git.relative(without)}`];
  const format = '--format=%h%x1f%cs%x1f%D%x1f%s';
  const args = ['log', `-${most}`, `--since=${since}T00:00:00`, '--decorate=short', '--decorate-refs=refs/tags/*'];
  const output = await git.run(...args, format, '--', ...paths).catch(() => '');
  return output
    .split('\n')
    .reverse()
    .flatMap((line): CourseEvent[] => {
      const [commit, at, refs = '', subject = ''] = line.split('\u001f');
      if (!commit || !at) return [];
      const tags = refs.split(', ').flatMap((ref) => (ref.startsWith('tag: ') ? [ref.slice(5)] : []));
      return [
        { at, kind: 'commit', text: `${commit} ${subject}` },
        ...tags.map((text): CourseEvent => ({ at, kind: 'tag', text })),
      ];
    });
}
