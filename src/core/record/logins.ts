import * as z from 'zod/mini';

const text = (description: string) => z.string().check(z.describe(description));
const selector = (description: string) => z.string().check(z.minLength(1), z.describe(description));
const address = (description: string) =>
  z.string().check(
    z.regex(/^https?:\/\//, 'a web address'),
    z.refine((url) => URL.canParse(url), 'a web address'),
    z.describe(description),
  );
const optionalText = (description: string) => z.optional(text(description));

/** What a page shows to those who are not signed in, as far as it differs from what others see. */
export const signedOutSchema = z.looseObject({
  url: z.optional(address('The address that the browser is sent to')),
  heading: optionalText('The main heading'),
  status: z.optional(z.int().check(z.describe('The status that the server answers with'))),
  password: z.optional(z.boolean().check(z.describe('true: it asks for a password'))),
});
export type SignedOut = z.infer<typeof signedOutSchema>;

/** How one sees whether a browser is signed in. */
export const loginCheckSchema = z.looseObject({
  url: address('A page that looks otherwise to those who are not signed in; opened at the end of each audit'),
  selector: z.optional(selector('CSS selector of what is visible there only when signed in')),
  not: z.optional(selector('CSS selector of what is visible there only when signed out')),
  signedOut: z.optional(signedOutSchema.check(z.describe('What is seen there when signed out; learnt by signing in'))),
});
export type LoginCheck = z.infer<typeof loginCheckSchema>;

/** How people sign in. Nothing of it is secret: the state of the browser stays on the machine. */
export const loginSchema = z
  .looseObject({
    by: text('hand, recording (ux-audit/logins/<name>.json) or script'),
    url: z.optional(address('Where signing in begins')),
    script: z.optional(
      z
        .string()
        .check(z.minLength(1), z.describe('Module that signs in, relative to the workspace: async ({ page }) => …')),
    ),
    check: z.optional(loginCheckSchema),
  })
  .check(z.refine(({ by, script }) => by !== 'script' || script !== undefined, '"script" is missing'));
export type Login = z.infer<typeof loginSchema>;

/** What shows that a page is the right one, as a person has confirmed it. */
export const expectedPageSchema = z.looseObject({
  url: z.optional(
    text('Its final address: path with query and route, * for anything, such as /orders/*; or a whole address'),
  ),
  heading: optionalText('Its main heading; another one is a note, and no error'),
  selector: z.optional(selector('CSS selector of what is visible on it')),
  not: z.optional(selector('CSS selector of what is not visible on it, such as #login')),
});
export type ExpectedPage = z.infer<typeof expectedPageSchema>;

/** What is done where a page asks for consent before it shows itself. */
export const consentSchema = z.looseObject({
  click: z.optional(
    z
      .array(z.union([z.string().check(z.minLength(1)), z.array(z.string()).check(z.minLength(1))]))
      .check(z.minLength(1), z.describe('Selectors of what is clicked once, in order, before the page is audited')),
  ),
  keep: z.optional(z.boolean().check(z.describe('true: the page is audited with what asks for consent'))),
});
export type Consent = z.infer<typeof consentSchema>;
