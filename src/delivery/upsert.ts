import { HostError } from './client';
import { cutComment, isSameText, marked, markedFolder } from './comment';
import type { Delivered } from './verdict';

/** A comment below a pull request, as a host gives it. */
export interface Comment {
  /** a number, larger for a younger comment */
  id: string;
  body: string;
  url?: string | undefined;
  /** who wrote it, in the form of {@link Provider.me} */
  author?: string | undefined;
  /** undefined when the host does not say */
  isBot?: boolean | undefined;
}

/** What a host does with the comments of one pull request. */
export interface Provider {
  /** how many UTF-16 units a comment has at most */
  limit: number;
  /** all of them, of all pages */
  list(): Promise<Comment[]>;
  /** whose token it is; undefined when the host does not tell */
  me(): Promise<string | undefined>;
  create(text: string): Promise<Comment>;
  update(id: string, text: string): Promise<Comment>;
  remove(id: string): Promise<unknown>;
}

/** The comments that runs of the same workspace wrote before this one, the oldest first. */
async function ownComments(provider: Provider, text: string): Promise<Comment[]> {
  const folder = markedFolder(text);
  const found = (await provider.list()).filter(({ body }) => markedFolder(body) === folder);
  // of a bot's comment, GitHub's API says so; whose token it is, it tells only of a person's
  const me = found.some(({ isBot }) => !isBot) ? await provider.me() : undefined;
  return found
    .filter(
      ({ author, isBot }) => isBot || (me === undefined || author === undefined ? isBot === undefined : author === me),
    )
    .sort((one, other) => Number(one.id) - Number(other.id));
}

/**
 * Writes the comment of a pull request: updates the one of the run before, and nothing when it says the same. When two
 * runs write their first one at once, the younger of the two goes.
 * @param where the address at which all of a comment is that has to be cut
 */
export async function writeComment(
  provider: Provider,
  comment: string,
  where: string | undefined,
): Promise<Pick<Delivered, 'outcome' | 'url'>> {
  const text = cutComment(marked(comment), provider.limit, where);
  for (let attempts = 1; ; attempts += 1) {
    const [oldest] = await ownComments(provider, text);
    if (oldest) return await rewritten(provider, oldest, text);
    try {
      const created = await provider.create(text);
      return await afterRace(provider, created, text).catch(() => ({ outcome: 'written' as const, url: created.url }));
    } catch (error) {
      // it may have been written all the same, so look again before the next one
      if (!(error instanceof HostError && error.isUncertain) || attempts === 3) throw error;
    }
  }
}

async function rewritten(provider: Provider, { id, body, url }: Comment, text: string) {
  if (isSameText(body, text)) return { outcome: 'unchanged' as const, url };
  const updated = await provider.update(id, text);
  return { outcome: 'updated' as const, url: updated.url ?? url };
}

/** What holds once another run may have written its comment at the same time. */
async function afterRace(provider: Provider, created: Comment, text: string) {
  const [oldest] = await ownComments(provider, text);
  if (!oldest || Number(oldest.id) >= Number(created.id)) return { outcome: 'written' as const, url: created.url };
  await provider.remove(created.id);
  return await rewritten(provider, oldest, text);
}
