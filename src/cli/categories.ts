import { usageError } from '../core/errors';

/** The categories of Lighthouse 13. */
export const categoryIds = ['performance', 'accessibility', 'best-practices', 'seo', 'agentic-browsing'];

/**
 * The categories that --only names; undefined for all. A person's own config may define further ones.
 * @throws HumanError `category-unknown`, `category-missing`
 */
export function categoriesOf({ only, config }: { only?: string | undefined; config?: string | undefined }) {
  const names = only
    ?.split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  const known = `The categories are ${categoryIds.join(', ')}.`;
  if (names?.length === 0) throw usageError('category-missing', '--only names no category.', known);
  const unknown = names?.find((name) => !categoryIds.includes(name));
  if (unknown === undefined || config !== undefined) return names;
  throw usageError('category-unknown', `There is no category "${unknown}".`, known);
}
