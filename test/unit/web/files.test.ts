import path from 'node:path';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import type { emptyRecord } from '../../../src/core/record/record';
import type { RecordFile as RecordFileOfDesktop } from '../../../src/storage/recordFile';
import { webBuild } from '../../../src/web/bundleWeb.mts';

const root = path.resolve(import.meta.dirname, '../../..');
const file = '/virtual/@shop.example%3A8080/shop/ux-audit/findings.json';
const page = 'virtual://shop.example:8080/shop/index.html';
const text = new TextDecoder();

/** An error as VS Code's file systems throw it. */
const fault = (code: string) => Object.assign(new Error(code), { code });

interface Place {
  scheme: string;
  authority: string;
  path: string;
}

/** The file systems of a VS Code that keeps all files in memory, by the whole addresses of the files. */
class MemoryFiles {
  readonly files = new Map<string, Uint8Array>([[page, new Uint8Array()]]);
  /** Runs before each reading and writing; what it throws is thrown. */
  before = (_do: 'read' | 'write', _at: string): void => {};

  readonly workspace = {
    fs: {
      isWritableFileSystem: () => true,
      stat: async (uri: Place) => {
        const found = this.files.get(at(uri));
        if (found) return { type: 1, mtime: 0, size: found.length };
        if ([...this.files.keys()].some((name) => name.startsWith(`${at(uri)}/`)))
          return { type: 2, mtime: 0, size: 0 };
        throw fault('FileNotFound');
      },
      readFile: async (uri: Place) => {
        this.before('read', at(uri));
        const found = this.files.get(at(uri));
        if (!found) throw fault('FileNotFound');
        return found;
      },
      writeFile: async (uri: Place, bytes: Uint8Array) => {
        this.before('write', at(uri));
        this.files.set(at(uri), bytes);
      },
      createDirectory: async () => {},
    },
  };

  readonly Uri = { from: (uri: Place) => uri };
  readonly FileType = { File: 1, Directory: 2, SymbolicLink: 64 };
  readonly FilePermission = { Readonly: 1 };
}

const at = ({ scheme, authority, path: name }: Place) => `${scheme}://${authority}${name}`;
const name = 'virtual://shop.example:8080/shop/ux-audit/findings.json';

let script = '';

beforeAll(async () => {
  const { outputFiles } = await build({
    ...webBuild,
    entryPoints: undefined,
    stdin: { contents: "export { RecordFile } from './src/storage/recordFile';", resolveDir: root },
    absWorkingDir: root,
    inject: webBuild.inject.map((one) => path.join(root, one)),
    write: false,
  });
  script = outputFiles[0]?.text ?? '';
});

/** The record's file of the bundle for browsers, loaded as VS Code's worker does. */
function recordIn(files: MemoryFiles): RecordFileOfDesktop {
  const module = { exports: {} as { RecordFile: typeof RecordFileOfDesktop } };
  new Function('module', 'exports', 'require', script)(module, module.exports, () => files);
  return new module.exports.RecordFile(file, '/virtual/@shop.example%3A8080/shop');
}

const withTarget = (target: string) => (record: ReturnType<typeof emptyRecord>) => ({
  ...record,
  targets: { ...record.targets, [target]: { kind: 'page' as const, path: `/${target}` } },
});

const targetsOf = (files: MemoryFiles) => Object.keys(JSON.parse(text.decode(files.files.get(name))).targets).sort();

describe('the record in a browser', () => {
  it('is written beside its Markdown copy, and leaves no lock and no temporary file', async () => {
    const files = new MemoryFiles();
    const { written, warning } = await recordIn(files).update(withTarget('home'));
    expect([written, warning]).toEqual([true, undefined]);
    expect(targetsOf(files)).toEqual(['home']);
    const kept = [...files.files.keys()].map((one) => one.slice(one.lastIndexOf('/') + 1)).sort();
    expect(kept).toEqual(['.gitattributes', '.gitignore', 'findings.json', 'findings.md', 'index.html']);
  });

  it('keeps what another window writes between the reading and the writing', async () => {
    const files = new MemoryFiles();
    const record = recordIn(files);
    await record.update(withTarget('home'));
    const another = new MemoryFiles();
    another.files.set(name, files.files.get(name) ?? new Uint8Array());
    await recordIn(another).update(withTarget('basket'));
    let isDue = true;
    const done = await record.update((before) => {
      if (isDue) files.files.set(name, another.files.get(name) ?? new Uint8Array());
      isDue = false;
      return withTarget('checkout')(before);
    });
    expect(done.written).toBe(true);
    expect(targetsOf(files)).toEqual(['basket', 'checkout', 'home']);
  });

  it('is not written when it changes again and again', async () => {
    const files = new MemoryFiles();
    const record = recordIn(files);
    await record.update(withTarget('home'));
    const good = text.decode(files.files.get(name));
    let count = 0;
    const busy = record.update((before) => {
      count += 1;
      files.files.set(name, new TextEncoder().encode(`${good}${' '.repeat(count)}`));
      return withTarget('checkout')(before);
    });
    await expect(busy).rejects.toMatchObject({ code: 'record-changed', next: 'Try again.' });
    expect(targetsOf(files)).toEqual(['home']);
  });

  it('makes changes of one window one after the other', async () => {
    const files = new MemoryFiles();
    const record = recordIn(files);
    const pages = ['a', 'b', 'c', 'd', 'e', 'f'];
    await Promise.all(pages.map((page) => record.update(withTarget(page))));
    expect(targetsOf(files)).toEqual(pages);
  });

  it('is not overwritten while it cannot be read', async () => {
    const files = new MemoryFiles();
    const record = recordIn(files);
    await record.update(withTarget('home'));
    const before = files.files.get(name);
    files.before = (what) => {
      if (what === 'read') throw fault('Unavailable');
    };
    await expect(record.update(withTarget('checkout'))).rejects.toMatchObject({ code: 'record-unreadable' });
    expect(files.files.get(name)).toBe(before);
  });

  it('says so when its folder is read-only', async () => {
    const files = new MemoryFiles();
    const record = recordIn(files);
    await record.update(withTarget('home'));
    files.workspace.fs.isWritableFileSystem = () => false;
    await expect(record.update(withTarget('checkout'))).rejects.toMatchObject({ code: 'record-read-only' });
    expect(targetsOf(files)).toEqual(['home']);
  });
});
