import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import readline from 'node:readline/promises';
import { toHumanError, usageError } from '../core/errors';
import { inertLine } from '../core/text/inertText';
import { browserCacheFolder } from '../engine/browsers/browserCache';
import { atomicWrite } from '../storage/atomicWrite';
import { withFileLock } from '../storage/fileLock';

/** Something that a record asks for and that only a person may allow. */
export interface Wish {
  /** The workspace folder. What is allowed in one is not in another. */
  root: string;
  /** What would happen, such as `Run "npm run dev" to serve checkout`. */
  what: string;
  /** The options that allow it in scripts, such as `--yes`. */
  option: string;
  code: string;
}

/** What was allowed on this machine: hashes, so that the file tells nothing. @throws HumanError `home-missing` */
const allowedFile = () => path.join(browserCacheFolder(), 'allowed.json');

async function allowed(): Promise<string[]> {
  try {
    const value: unknown = JSON.parse(await readFile(allowedFile(), 'utf8'));
    return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
  } catch {
    return []; // it asks again
  }
}

/** Keeps that a person has allowed a wish, as by asking for it on the command line. */
export async function allow(wish: Wish): Promise<void> {
  if (!(await isAllowed(wish))) await keep(keyOf(wish));
}

async function keep(key: string): Promise<void> {
  const file = allowedFile();
  await withFileLock(file, async () => atomicWrite(file, JSON.stringify([...(await allowed()), key])));
}

const keyOf = ({ root, what }: Wish): string => createHash('sha256').update(`${root}\n${what}`).digest('hex');

/** Whether a person has allowed a wish on this machine. */
async function isAllowed(wish: Wish): Promise<boolean> {
  return (await allowed()).includes(keyOf(wish));
}

function notAllowed({ what, code }: Wish, next: string) {
  const said = `The record asks for this, and nobody has allowed it on this machine: ${what}.`;
  return usageError(code, said, next);
}

/** Refuses what no person has allowed before, without asking. @throws HumanError with the wish's code */
export async function ensureConsent(wish: Wish): Promise<void> {
  if (!(await isAllowed(wish))) throw notAllowed(wish, 'A person allows it by auditing the page once on a terminal.');
}

/**
 * Asks on the terminal whether a wish of the record is allowed. What was allowed once is not asked again, where this
 * machine can keep the answer.
 * @throws HumanError with the wish's code when it is not allowed, or when nobody can be asked
 */
export async function askConsent(wish: Wish): Promise<void> {
  if (await isAllowed(wish)) return;
  const refused = notAllowed(wish, `Allow it once on a terminal, or in a script with ${wish.option}.`);
  if (!process.stdin.isTTY || !process.stderr.isTTY) throw refused;
  const terminal = readline.createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`The record asks: ${inertLine(wish.what)}. Allow this from now on? (y/N) `);
    if (!/^y(es)?$/i.test(answer.trim())) throw refused;
  } finally {
    terminal.close();
  }
  await keep(keyOf(wish)).catch((error: unknown) => {
    process.stderr.write(`This answer counts for now only: ${inertLine(toHumanError(error).message)}\n`);
  });
}
