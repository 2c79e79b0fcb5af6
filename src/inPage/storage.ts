/**
 * Reads what a page's origin has kept in the browser, and writes it into another browser: localStorage, sessionStorage
 * and IndexedDB, in the format of Playwright's `storageState`. JSON alone would make a text of a date and an object of
 * bytes, so a value that JSON cannot hold is kept in Playwright's encoding.
 */
export interface KeptStorage {
  localStorage: { name: string; value: string }[];
  sessionStorage: { name: string; value: string }[];
  indexedDB: KeptDatabase[];
  /** Names of databases that could not be kept: they are too large, or hold what no file can, such as keys. */
  left: string[];
}
interface KeptDatabase {
  name: string;
  version: number;
  stores: KeptStore[];
}
interface KeptPath {
  keyPath?: string;
  keyPathArray?: string[];
}
interface KeptStore extends KeptPath {
  name: string;
  autoIncrement: boolean;
  records: { key?: unknown; keyEncoded?: unknown; value?: unknown; valueEncoded?: unknown }[];
  indexes: (KeptPath & { name: string; multiEntry: boolean; unique: boolean })[];
}

declare global {
  var uxAuditStorage: { read(): Promise<KeptStorage>; write(kept: Partial<KeptStorage>): Promise<void> };
}

/** The most records of a database that are kept, and the longest text of their values. */
const RECORDS = 20_000;
const CHARACTERS = 16_000_000;

const arrays = {
  i8: Int8Array,
  ui8: Uint8Array,
  ui8c: Uint8ClampedArray,
  i16: Int16Array,
  ui16: Uint16Array,
  i32: Int32Array,
  ui32: Uint32Array,
  f32: Float32Array,
  f64: Float64Array,
  bi64: BigInt64Array,
  bui64: BigUint64Array,
};
type ArrayKind = keyof typeof arrays;

const toBase64 = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
};
const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/** Whether JSON gives a value back as it is. */
function isPlain(value: unknown, above: ReadonlySet<unknown> = new Set()): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  if (typeof value !== 'object' || above.has(value)) return false;
  const inside = new Set([...above, value]);
  if (Array.isArray(value))
    return Object.keys(value).length === value.length && value.every((one) => isPlain(one, inside));
  const made = Object.getPrototypeOf(value);
  return (made === Object.prototype || made === null) && Object.values(value).every((one) => isPlain(one, inside));
}

/** Numbers that JSON does not have, by the names that Playwright gives them. */
const numbers: [string, number][] = [
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
  ['-0', -0],
];

/** A value in Playwright's encoding. @throws Error for what cannot be kept, such as a key of the browser's own */
function encoded(value: unknown, seen: Map<object, number>): unknown {
  if (value === undefined) return { v: 'undefined' };
  if (value === null) return { v: 'null' };
  const odd = numbers.find(([, number]) => Object.is(number, value));
  if (odd) return { v: odd[0] };
  if (typeof value === 'bigint') return { bi: String(value) };
  if (typeof value !== 'object') return value;
  if (value instanceof Date) return { d: value.toJSON() };
  if (value instanceof RegExp) return { r: { p: value.source, f: value.flags } };
  if (value instanceof Error) return { e: { n: value.name, m: value.message, s: value.stack ?? '' } };
  if (value instanceof ArrayBuffer) return { ab: { b: toBase64(new Uint8Array(value)) } };
  const kind = Object.entries(arrays).find(([, made]) => value instanceof made)?.[0];
  if (kind !== undefined) {
    const { buffer, byteOffset, byteLength } = value as Uint8Array;
    return { ta: { b: toBase64(new Uint8Array(buffer, byteOffset, byteLength)), k: kind } };
  }
  const known = seen.get(value);
  if (known !== undefined) return { ref: known };
  const id = seen.size + 1;
  seen.set(value, id);
  if (Array.isArray(value)) return { a: value.map((one) => encoded(one, seen)), id };
  if (Object.prototype.toString.call(value) !== '[object Object]') throw new Error('cannot be kept');
  return { o: Object.entries(value).map(([k, v]) => ({ k, v: encoded(v, seen) })), id };
}

interface Encoded {
  v?: string;
  bi?: string;
  d?: string;
  u?: string;
  r?: { p: string; f: string };
  e?: { n: string; m: string };
  ab?: { b: string };
  ta?: { b: string; k: ArrayKind };
  ref?: number;
  id?: number;
  a?: unknown[];
  o?: { k: string; v: unknown }[];
}

/** The inverse of {@link encoded}. */
function decoded(given: unknown, seen: Map<number, unknown>): unknown {
  if (typeof given !== 'object' || given === null) return given;
  const { v, bi, d, u, r, e, ab, ta, ref, id = 0, a, o } = given as Encoded;
  if (v !== undefined)
    return v === 'undefined' ? undefined : v === 'null' ? null : numbers.find(([name]) => name === v)?.[1];
  if (bi !== undefined) return BigInt(bi);
  if (d !== undefined) return new Date(d);
  if (u !== undefined) return u;
  if (r) return new RegExp(r.p, r.f);
  if (e) return Object.assign(new Error(e.m), { name: e.n });
  if (ab) return fromBase64(ab.b).buffer;
  if (ta) return new arrays[ta.k](fromBase64(ta.b).buffer);
  if (ref !== undefined) return seen.get(ref);
  if (a) {
    const list: unknown[] = [];
    seen.set(id, list);
    for (const one of a) list.push(decoded(one, seen));
    return list;
  }
  const made: Record<string, unknown> = {};
  seen.set(id, made);
  for (const { k, v: value } of o ?? [])
    Object.defineProperty(made, k, {
      value: decoded(value, seen),
      enumerable: true,
      writable: true,
      configurable: true,
    });
  return made;
}

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

const keptPath = (path: string | string[] | null): KeptPath =>
  path === null ? {} : Array.isArray(path) ? { keyPathArray: path } : { keyPath: path };
const pathOf = ({ keyPath, keyPathArray }: KeptPath) => keyPathArray ?? keyPath ?? null;

/** Opens a database. One that its page is about to delete or to change must not make us wait. */
function opened(name: string, version?: number, upgrade?: (database: IDBDatabase) => void): Promise<IDBDatabase> {
  const request = indexedDB.open(name, version);
  const ready = answerOf(request);
  return new Promise((resolve, reject) => {
    request.onblocked = () => reject(new Error('blocked'));
    request.onupgradeneeded = () => upgrade?.(request.result);
    ready.then(resolve, reject);
  });
}

async function readDatabase(name: string): Promise<KeptDatabase> {
  const database = await opened(name);
  let left = CHARACTERS;
  try {
    const names = [...database.objectStoreNames];
    const stores: KeptStore[] = [];
    for (const storeName of names) {
      const store = database.transaction(storeName, 'readonly').objectStore(storeName);
      const [keys, values] = await Promise.all([
        answerOf(store.getAllKeys(null, RECORDS + 1)),
        answerOf(store.getAll(null, RECORDS + 1)),
      ]);
      if (keys.length > RECORDS) throw new Error('too large');
      const hasOwnKeys = store.keyPath !== null;
      const records = values.map((value, index): KeptStore['records'][number] => {
        const key = keys[index];
        const own = hasOwnKeys ? {} : isPlain(key) ? { key } : { keyEncoded: encoded(key, new Map()) };
        const record = { ...own, ...(isPlain(value) ? { value } : { valueEncoded: encoded(value, new Map()) }) };
        left -= JSON.stringify(record).length;
        if (left < 0) throw new Error('too large');
        return record;
      });
      const indexes = [...store.indexNames].map((indexName) => {
        const index = store.index(indexName);
        const { multiEntry, unique } = index;
        return { name: indexName, ...keptPath(index.keyPath), multiEntry, unique };
      });
      stores.push({
        name: storeName,
        ...keptPath(store.keyPath),
        autoIncrement: store.autoIncrement,
        records,
        indexes,
      });
    }
    return { name, version: database.version, stores };
  } finally {
    database.close();
  }
}

async function writeDatabase({ name, version, stores }: KeptDatabase): Promise<void> {
  const database = await opened(name, version, (made) => {
    for (const { name: storeName, autoIncrement, indexes, ...path } of stores) {
      const store = made.createObjectStore(storeName, { keyPath: pathOf(path), autoIncrement });
      for (const { name: indexName, multiEntry, unique, ...indexPath } of indexes)
        store.createIndex(indexName, pathOf(indexPath) ?? '', { multiEntry, unique });
    }
  });
  try {
    for (const { name: storeName, records } of stores) {
      if (records.length === 0) continue;
      const transaction = database.transaction(storeName, 'readwrite');
      const store = transaction.objectStore(storeName);
      for (const record of records) {
        const value = 'valueEncoded' in record ? decoded(record.valueEncoded, new Map()) : record.value;
        const key = 'keyEncoded' in record ? decoded(record.keyEncoded, new Map()) : record.key;
        if (key === undefined) store.put(value);
        else store.put(value, key as IDBValidKey);
      }
      await new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onerror = () => reject(transaction.error);
        transaction.onabort = () => reject(transaction.error);
      });
    }
  } finally {
    database.close();
  }
}

const pairsOf = (storage: Storage) =>
  Object.entries({ ...storage }).map(([name, value]) => ({ name, value: String(value) }));

/** What a page may refuse, such as the storage of a frame without an origin. */
function orNothing<T>(read: () => T[]): T[] {
  try {
    return read();
  } catch {
    return [];
  }
}

globalThis.uxAuditStorage = {
  async read() {
    const kept: KeptStorage = {
      localStorage: orNothing(() => pairsOf(localStorage)),
      sessionStorage: orNothing(() => pairsOf(sessionStorage)),
      indexedDB: [],
      left: [],
    };
    for (const { name = '' } of await indexedDB.databases().catch(() => []))
      await readDatabase(name).then(
        (database) => kept.indexedDB.push(database),
        () => kept.left.push(name),
      );
    return kept;
  },
  async write(kept) {
    for (const { name, value } of kept.localStorage ?? []) localStorage.setItem(name, value);
    for (const { name, value } of kept.sessionStorage ?? []) sessionStorage.setItem(name, value);
    for (const database of kept.indexedDB ?? []) await writeDatabase(database);
  },
};
