/**
 * A node of a JSON-LD document: its values by local name in lower case (`earl:test` and the whole IRI are `test`), each
 * as a list, since JSON-LD writes a list of one as the thing itself.
 */
export type LinkedNode = ReadonlyMap<string, readonly unknown[]>;

type Fields = Record<string, unknown>;

/** The part of a name, a compact IRI or an IRI after its prefix, in lower case: `failed` of `earl:failed`. */
export function localName(name: string): string {
  return name
    .replace(/[/#]$/, '')
    .replace(/^.*[:#/@]/, '')
    .toLowerCase();
}

/**
 * Reads a JSON-LD document by the names of its fields, with the aliases that it declares itself. A context on the web
 * is not loaded, nor is a context needed: some tools write one that JSON-LD does not allow.
 */
export class LinkedData {
  readonly nodes: LinkedNode[] = [];
  private readonly byFields = new Map<Fields, LinkedNode>();
  private readonly byId = new Map<string, LinkedNode>();

  /** @param names local names that are looked for; a field of another name may be an alias of one */
  constructor(root: unknown, names: ReadonlySet<string>) {
    const objects = objectsOf(root);
    const aliases = aliasesOf(objects);
    for (const fields of objects) {
      const node = new Map<string, unknown[]>();
      for (const [key, value] of Object.entries(fields)) {
        if (key === '@context') continue;
        const alias = aliases.get(key);
        const name = !names.has(localName(key)) && alias !== undefined && names.has(alias) ? alias : localName(key);
        node.set(name, [...(node.get(name) ?? []), ...listOf(value)]);
      }
      this.byFields.set(fields, node);
      this.nodes.push(node);
      const id = textOf(node, 'id');
      const known = id === undefined ? undefined : this.byId.get(id);
      if (id !== undefined && (!known || known.size < node.size)) this.byId.set(id, node);
    }
  }

  /** The node that a value is or refers to; of an id that nothing describes, a node with that id alone. */
  nodeOf(value: unknown): LinkedNode | undefined {
    if (typeof value === 'string') return this.byId.get(value) ?? new Map([['id', [value]]]);
    const node = this.byFields.get(value as Fields);
    const id = node && textOf(node, 'id');
    return node?.size === 1 && id !== undefined ? (this.byId.get(id) ?? node) : node;
  }

  /** The nodes that a field has, or refers to. */
  nodesOf(node: LinkedNode | undefined, ...names: string[]): LinkedNode[] {
    return names.flatMap((name) => (node?.get(name) ?? []).flatMap((value) => this.nodeOf(value) ?? []));
  }
}

/** The first text of a field, also of a value object or of a reference; undefined when it has none. */
export function textOf(node: LinkedNode | undefined, name: string): string | undefined {
  for (const value of node?.get(name) ?? []) {
    const fields = fieldsOf(value);
    const text = typeof value === 'string' ? value : (fields['@value'] ?? fields['@id'] ?? fields.id);
    if (typeof text === 'string' && text !== '') return text;
  }
  return undefined;
}

const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});

function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(listOf);
  const { '@list': list, '@set': set = list } = fieldsOf(value);
  return set === undefined ? [value] : listOf(set);
}

/** Every object of a document but contexts, in its order. */
function objectsOf(root: unknown): Fields[] {
  const found: Fields[] = [];
  const left = [root];
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value !== 'object' || value === null) continue;
    if (!Array.isArray(value)) found.push(value as Fields);
    const inner = Object.entries(value).filter(([key]) => key !== '@context');
    for (const [, entry] of inner.reverse()) left.push(entry);
  }
  return found;
}

/** The local names that contexts within the document give to fields. */
function aliasesOf(objects: readonly Fields[]): Map<string, string> {
  const contexts = objects.flatMap((fields) => listOf(fields['@context'] ?? []));
  const terms = contexts.flatMap((context) => Object.entries(fieldsOf(context)));
  return new Map(
    terms.flatMap(([term, value]): [string, string][] => {
      const iri = typeof value === 'string' ? value : (fieldsOf(value)['@id'] ?? fieldsOf(value).id);
      return typeof iri === 'string' ? [[term, localName(iri)]] : [];
    }),
  );
}
