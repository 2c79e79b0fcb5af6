import * as vscode from 'vscode';
import { uriOf } from '../editor/shared/places';

/** The codes by which Node names what VS Code says of files. */
const codes: Record<string, string> = {
  FileNotFound: 'ENOENT',
  FileExists: 'EEXIST',
  FileNotADirectory: 'ENOTDIR',
  FileIsADirectory: 'EISDIR',
  NoPermissions: 'EACCES',
};

/** An error as Node's file system throws it. */
export function systemError(code: string, message: string, cause?: unknown): Error {
  return Object.assign(new Error(message, { cause }), { code });
}

/** Asks VS Code for something of a file. @throws Error with the code that Node would give it */
export async function ask<T>(file: string, work: (uri: vscode.Uri, fs: vscode.FileSystem) => Thenable<T>): Promise<T> {
  try {
    return await work(uriOf(file), vscode.workspace.fs);
  } catch (error) {
    const { code = '', message } = error as Partial<vscode.FileSystemError>;
    throw systemError(codes[code] ?? code, message ?? String(error), error);
  }
}
