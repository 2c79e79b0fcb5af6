import * as z from 'zod/mini';

/** A text of limited length, in characters. */
export const text = (most: number) => z.string().check(z.maxLength(most));
/** The id of a finding or an evaluation. */
export const id = text(500);
export const formFactor = z.enum(['mobile', 'desktop']);
/** A remark that a page adds to the discussion of a problem. @see addRemark */
export const remark = { key: text(20), text: text(5_000) };
/** An address that the host may open in the person's browser. */
export const link = z.url({ protocol: /^https$/ });
/** An image that a page sends, as a data URL. */
export const imageUrl = z
  .string()
  .check(z.regex(/^data:image\/(png|jpeg);base64,[A-Za-z0-9+/=]+$/), z.maxLength(8_000_000));
