import * as vscode from 'vscode';
import { uriOf } from '../../../../editor/shared/places';
import { codeOf } from '../../../../storage/writeError';
import { ask, systemError } from '../../../files';
import { remember } from '../../../readUnderLock';

export const constants = { W_OK: 2 };

/** What is known of a file. Its path stands for the number that tells files apart on a disk. */
export async function lstat(file: string) {
  const { type, size, mtime } = await ask(file, (uri, fs) => fs.stat(uri));
  return {
    size,
    mtimeMs: mtime,
    mtime: new Date(mtime),
    ino: file,
    dev: 0,
    isSymbolicLink: () => (type & vscode.FileType.SymbolicLink) !== 0,
    isFile: () => (type & vscode.FileType.File) !== 0,
    isDirectory: () => (type & vscode.FileType.Directory) !== 0,
  };
}

export const stat = lstat;

export async function access(file: string): Promise<void> {
  await lstat(file);
}

/** The path itself, if it is there. Where a link leads cannot be known, so none is followed. */
export async function realpath(file: string): Promise<string> {
  if ((await lstat(file)).isSymbolicLink())
    throw systemError('EINVAL', `${file} is a link, and where it leads is not known`);
  return file;
}

export async function readFile(file: string): Promise<Buffer>;
export async function readFile(file: string, encoding: 'utf8'): Promise<string>;
export async function readFile(file: string, encoding?: 'utf8'): Promise<Buffer | string> {
  try {
    const bytes = Buffer.from(await ask(file, (uri, fs) => fs.readFile(uri)));
    remember(file, bytes);
    return encoding ? bytes.toString(encoding) : bytes;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') remember(file, undefined);
    throw error;
  }
}

/** A file that is open for reading. */
export async function open(file: string) {
  const found = await lstat(file);
  return {
    stat: async () => found,
    readFile: () => readFile(file),
    read: async (bytes: Uint8Array, offset: number, length: number, position: number) => {
      bytes.set((await readFile(file)).subarray(position, position + length), offset);
    },
    close: async () => {},
  };
}

export async function writeFile(file: string, data: string | Uint8Array, how?: { flag?: 'wx' }): Promise<void> {
  const bytes = typeof data === 'string' ? Buffer.from(data) : data;
  if (how?.flag === 'wx' && (await isThere(file))) throw systemError('EEXIST', `${file} is there already`);
  await ask(file, (uri, fs) => fs.writeFile(uri, bytes));
}

async function isThere(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  );
}

export async function appendFile(file: string, text: string): Promise<void> {
  const before = (await isThere(file)) ? await readFile(file, 'utf8') : '';
  await writeFile(file, before + text);
}

interface Entry {
  name: string;
  isFile(): boolean;
  isDirectory(): boolean;
}

export async function readdir(folder: string): Promise<string[]>;
export async function readdir(folder: string, how: { withFileTypes: true }): Promise<Entry[]>;
export async function readdir(folder: string, how?: { withFileTypes: true }): Promise<string[] | Entry[]> {
  const entries = await ask(folder, (uri, fs) => fs.readDirectory(uri));
  if (!how) return entries.map(([name]) => name);
  return entries.map(([name, type]) => ({
    name,
    isFile: () => type === vscode.FileType.File,
    isDirectory: () => type === vscode.FileType.Directory,
  }));
}

/** Makes a folder, and those above it. */
export async function mkdir(folder: string): Promise<undefined> {
  await ask(folder, (uri, fs) => fs.createDirectory(uri));
}

export async function rename(from: string, to: string): Promise<void> {
  await ask(from, (uri, fs) => fs.rename(uri, uriOf(to), { overwrite: true }));
}

export async function rm(file: string, how: { force?: boolean; recursive?: boolean } = {}): Promise<void> {
  const { force = false, recursive = false } = how;
  await ask(file, (uri, fs) => fs.delete(uri, { recursive })).catch((error: unknown) => {
    if (!force || codeOf(error) !== 'ENOENT') throw error;
  });
}

/** Who may read a file is up to what keeps the folder. */
export async function chmod(): Promise<void> {}
