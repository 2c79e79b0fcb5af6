import * as z from 'zod/mini';

/** A part of an id. */
export const segment = '[a-z0-9][a-z0-9.-]*';
/** A target's name: lower-case words joined by hyphens. */
export const slugPattern = new RegExp(`^${segment}$`);

export const slug = z.string().check(z.regex(slugPattern, 'lower-case letters, digits, dots and hyphens'));
export const text = (description: string) => z.string().check(z.describe(description));
export const from0to4 = z.int().check(z.gte(0), z.lte(4));
