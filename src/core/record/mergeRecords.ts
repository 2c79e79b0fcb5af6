import { byCodeUnit } from './canonicalText';
import { type AuditRecord, emptyRecord, type Finding, findingSchema } from './record';

/** A fact that two people changed differently. A person must choose. */
export interface MergeQuestion {
  /** The path in the record, such as `['findings', 'checkout/lighthouse/image-alt', 'state']`. */
  path: string[];
  /** The fact in words: `decision`, `title`, `rating by ana`. */
  fact: string;
  base: unknown;
  ours: unknown;
  theirs: unknown;
}

/** A note on an entry that one side deleted and the other changed. */
export interface MergeNote {
  path: string[];
  text: string;
}

export interface Merged {
  /** The merged record; our side where a question is open. */
  record: AuditRecord;
  questions: MergeQuestion[];
  notes: MergeNote[];
}

type Json = unknown;
type JsonObject = Record<string, Json>;

/** The fields of a decision, all taken from one side, so that no name stands with another's reason. */
const decisionFields = ['status', 'by', 'on', 'reason', 'until', 'upTo', 'fixedOn'];

/** Statuses by preference in a merge of two machine changes: the one that keeps a finding visible. */
const visible = ['open', 'fixed', 'reopened'];

/**
 * Merges two records that grew from a common one, by id and by field.
 *
 * Sets (`seenIn`, former ids, attachments) merge with their deletions. `firstSeen` takes the earlier day. A person's
 * decision wins over a machine's change. An entry that one side deleted and the other changed is kept. Only a fact that
 * two people changed differently becomes a question.
 *
 * @param base the common record; an empty one if there is none
 */
export function mergeRecords(base: AuditRecord, ours: AuditRecord, theirs: AuditRecord): Merged {
  return new Merge().records(base, ours, theirs);
}

/** Applies a person's answers to a merged record. `answers[i]` answers `questions[i]`. */
export function resolveQuestions({ record, questions }: Merged, answers: readonly ('ours' | 'theirs')[]): AuditRecord {
  const result = structuredClone(record) as JsonObject;
  for (const [index, { path, theirs }] of questions.entries()) {
    if (answers[index] !== 'theirs') continue;
    let holder = result;
    for (const key of path.slice(0, -1)) holder = holder[key] as JsonObject;
    const last = path.at(-1) as string;
    if (last === 'state' && isObject(holder.state) && isObject(theirs)) {
      const others = Object.entries(holder.state).filter(([key]) => !decisionFields.includes(key));
      holder.state = { ...Object.fromEntries(others), ...theirs };
    } else if (theirs === undefined) delete holder[last];
    else holder[last] = theirs;
  }
  return result as AuditRecord;
}

class Merge {
  private readonly questions: MergeQuestion[] = [];
  private readonly notes: MergeNote[] = [];

  records(base: AuditRecord, ours: AuditRecord, theirs: AuditRecord): Merged {
    const record = this.object([], base, ours, theirs, (path, key, ...sides) => {
      switch (key) {
        case 'schemaVersion':
          return Math.max(...sides.map((side) => (typeof side === 'number' ? side : 0)));
        case 'logins':
          return this.entries(path, sides, (at, ...entry) => this.fields(at, entry, {}));
        case 'targets':
          return this.entries(path, sides, (at, ...entry) => this.fields(at, entry, { origins: 'map' }));
        case 'evaluations':
          return this.entries(path, sides, (at, ...entry) => this.evaluation(at, entry));
        case 'findings':
          return this.entries(path, sides, (at, ...entry) => this.finding(at, entry));
        default:
          return this.value(path, key, ...sides);
      }
    });
    return { record: { ...emptyRecord(), ...record } as AuditRecord, questions: this.questions, notes: this.notes };
  }

  /** Merges three objects by key. `conflict` decides the keys that both sides changed. */
  private object(
    path: string[],
    base: Json,
    ours: Json,
    theirs: Json,
    conflict: (path: string[], key: string, base: Json, ours: Json, theirs: Json) => Json,
  ): JsonObject {
    const [b, o, t] = [base, ours, theirs].map((side) => (isObject(side) ? side : {})) as [
      JsonObject,
      JsonObject,
      JsonObject,
    ];
    const result: JsonObject = {};
    for (const key of new Set([...Object.keys(o), ...Object.keys(t)])) {
      const [inBase, inOurs, inTheirs] = [own(b, key), own(o, key), own(t, key)];
      const value = settled(inBase, inOurs, inTheirs) ?? {
        value: conflict([...path, key], key, inBase, inOurs, inTheirs),
      };
      if (value.value !== undefined)
        Object.defineProperty(result, key, {
          value: value.value,
          enumerable: true,
          writable: true,
          configurable: true,
        });
    }
    return result;
  }

  /** Merges a section of the record. Keeps an entry that one side deleted and the other changed. */
  private entries(
    path: string[],
    [base, ours, theirs]: Json[],
    merge: (path: string[], base: Json, ours: Json, theirs: Json) => Json,
  ): JsonObject {
    return this.object(path, base, ours, theirs, (at, _key, b, o, t) => {
      if (o === undefined || t === undefined) {
        this.notes.push({
          path: at,
          text: `${at.at(-1)} was deleted on one side and changed on the other; the change is kept`,
        });
        return o ?? t;
      }
      return isObject(o) && isObject(t) ? merge(at, b, o, t) : this.ask(at, 'entry', b, o, t);
    });
  }

  /** Merges an entry field by field, and the fields in `maps` by their keys. */
  private fields(path: string[], [base, ours, theirs]: Json[], maps: Record<string, 'map'>): JsonObject {
    return this.object(path, base, ours, theirs, (at, key, b, o, t) => {
      if (key in maps)
        return this.object(at, b, o, t, (inner, name, ...sides) =>
          this.ask(inner, `${singular(key)} ${name}`, ...sides),
        );
      return this.value(at, key, b, o, t);
    });
  }

  /** Merges one person's answers by item, then by field. Keeps the problems of both sides. */
  private evaluation(path: string[], [base, ours, theirs]: Json[]): JsonObject {
    return this.object(path, base, ours, theirs, (at, key, b, o, t) => {
      if (key !== 'answers') return this.value(at, key, b, o, t);
      return this.object(at, b, o, t, (answer, item, ...sides) =>
        this.object(answer, ...sides, (inner, field, one, other, third) =>
          field === 'findings'
            ? mergeSets(one, other, third)
            : this.ask(inner, `answer ${item} ${field}`, one, other, third),
        ),
      );
    });
  }

  private finding(path: string[], [base, ours, theirs]: Json[]): Json {
    const isValid = (side: Json) => findingSchema.safeParse(side).success;
    if (!isValid(ours) || !isValid(theirs) || (base !== undefined && !isValid(base))) {
      return this.fields(path, [base, ours, theirs], {});
    }
    const [b, o, t] = [base, ours, theirs] as [Finding | undefined, Finding, Finding];
    const clear = settled<JsonObject>(b?.state ?? {}, o.state, t.state);
    const state = clear?.value ?? this.state([...path, 'state'], b?.state ?? {}, o.state, t.state);
    const byMachine = o.kind === 'automated' && t.kind === 'automated';
    const result = this.object(path, b, o, t, (at, key, inBase, inOurs, inTheirs) => {
      switch (key) {
        case 'state':
          return state;
        case 'occurrences':
          return this.object(at, inBase, inOurs, inTheirs, (inner, _key, ...sides) => this.occurrence(inner, ...sides));
        case 'ratings':
          return this.object(at, inBase, inOurs, inTheirs, (inner, name, ...sides) =>
            this.ask(inner, `rating by ${name}`, ...sides),
          );
        case 'formerIds':
        case 'evidence':
        case 'alsoBreaks':
          return mergeSets(inBase, inOurs, inTheirs);
        case 'comments':
          return sumOf(inBase, inOurs, inTheirs);
        case 'firstSeen':
          return [inOurs, inTheirs].filter((day) => typeof day === 'string').sort()[0];
        case 'title':
          return byMachine ? greater(inOurs, inTheirs) : this.ask(at, key, inBase, inOurs, inTheirs);
        case 'where':
        case 'cx':
          return this.object(at, inBase, inOurs, inTheirs, (inner, name, ...sides) =>
            this.ask(inner, `${key} ${name}`, ...sides),
          );
        default:
          return this.value(at, key, inBase, inOurs, inTheirs);
      }
    }) as Finding;
    return { ...result, state };
  }

  /** Takes what a machine saw of one place whole, as a text merge would; the decision about it apart. */
  private occurrence(path: string[], base: Json, ours: Json, theirs: Json): Json {
    if (!isObject(ours) || !isObject(theirs)) return moreOf(ours, theirs);
    const [{ decided: o, ...one }, { decided: t, ...other }] = [ours, theirs];
    const b = isObject(base) ? base.decided : undefined;
    const clear = settled<Json>(b, o, t);
    const decided = clear ? clear.value : this.ask([...path, 'decided'], 'decision', b, o, t);
    return { ...(moreOf(one, other) as JsonObject), ...(decided !== undefined && { decided }) };
  }

  /** Merges the mutable facts of a finding: the decision as a whole, `seenIn` as a set, the rest by field. */
  private state(path: string[], base: JsonObject, ours: JsonObject, theirs: JsonObject): JsonObject {
    const others = this.object(path, without(base), without(ours), without(theirs), (at, key, b, o, t) => {
      if (key === 'seenIn') return mergeSets(b, o, t);
      if (key === 'more') return Math.max(Number(o ?? 0), Number(t ?? 0)) || undefined;
      return this.ask(at, key, b, o, t);
    });
    const seenIn = others.seenIn as string[] | undefined;
    if (seenIn?.length === 0) {
      // each side cleared what the other still sees: both stay until a run clears them
      const either = [...new Set([...strings(ours.seenIn), ...strings(theirs.seenIn)])].sort(byCodeUnit);
      if (strings(ours.seenIn).length > 0 && strings(theirs.seenIn).length > 0) others.seenIn = either;
      else delete others.seenIn;
    }
    const decision = this.decision(path, decisionOf(base), decisionOf(ours), decisionOf(theirs));
    const isSeen = strings(others.seenIn).length > 0;
    if (
      decision.status === 'fixed' &&
      decision.by === undefined &&
      isSeen &&
      base.status !== undefined &&
      base.status !== 'fixed'
    ) {
      return { ...others, ...decisionOf(base) }; // the other side saw it meanwhile, so it is not fixed
    }
    return { ...others, ...decision };
  }

  private decision(path: string[], base: JsonObject, ours: JsonObject, theirs: JsonObject): JsonObject {
    const clear = settled(base, ours, theirs);
    if (clear) return clear.value as JsonObject;
    const [ourPerson, theirPerson] = [ours.by !== undefined, theirs.by !== undefined];
    if (ourPerson && theirPerson) return this.ask(path, 'decision', base, ours, theirs) as JsonObject;
    if (ourPerson || theirPerson) return ourPerson ? ours : theirs;
    const [a, b] = [visible.indexOf(String(ours.status)), visible.indexOf(String(theirs.status))];
    if (a < 0 || b < 0) return this.ask(path, 'status', base, ours, theirs) as JsonObject;
    if (a !== b) return a > b ? ours : theirs;
    return greater(ours, theirs) as JsonObject;
  }

  /** Merges a field that both sides changed: an object by key; anything else becomes a question. */
  private value(path: string[], fact: string, base: Json, ours: Json, theirs: Json): Json {
    const isDecision = path[0] === 'settings' && path[1] === 'decisions' && path.length > 2;
    if (isObject(ours) && isObject(theirs) && !isDecision) {
      return this.object(path, base, ours, theirs, (inner, key, ...sides) =>
        this.value(inner, `${fact} ${key}`, ...sides),
      );
    }
    return this.ask(path, fact, base, ours, theirs);
  }

  private ask(path: string[], fact: string, base: Json, ours: Json, theirs: Json): Json {
    this.questions.push({ path, fact, base, ours, theirs });
    return ours;
  }
}

/** Counts of comments that two machines grouped: each side's own are added up, since neither knows the other's. */
function sumOf(base: Json, ours: Json, theirs: Json): Json {
  const of = (count: Json) => (typeof count === 'number' ? count : 0);
  return Math.max(0, of(ours) + of(theirs) - of(base)) || undefined;
}

/** Merges what two machines saw of one place: the larger count wins, on either side. */
function moreOf(ours: Json, theirs: Json): Json {
  if (!isObject(ours) || !isObject(theirs)) return ours ?? theirs;
  const [a, b] = [Number(ours.n ?? 1), Number(theirs.n ?? 1)];
  if (a !== b) return a > b ? ours : theirs;
  return greater(ours, theirs);
}

function own(object: JsonObject, key: string): Json {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function strings(value: Json): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}

/** The value that at most one side changed. */
function settled<T>(base: T, ours: T, theirs: T): { value: T } | undefined {
  if (sameJson(ours, theirs) || sameJson(base, theirs)) return { value: ours };
  return sameJson(base, ours) ? { value: theirs } : undefined;
}

/** Whether two JSON values are equal, in any order of keys. */
export function sameJson(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((entry, index) => sameJson(entry, b[index]));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
  );
}

/** Merges two sets: both sides' additions without either side's deletions, sorted. */
function mergeSets(base: Json, ours: Json, theirs: Json): string[] {
  const [b, o, t] = [new Set(strings(base)), new Set(strings(ours)), new Set(strings(theirs))];
  return [...new Set([...o, ...t])]
    .filter((entry) => (b.has(entry) ? o.has(entry) && t.has(entry) : true))
    .sort(byCodeUnit);
}

/** Picks one of two values, the same one when the sides are swapped. */
function greater(a: Json, b: Json): Json {
  return byCodeUnit(JSON.stringify(a), JSON.stringify(b)) >= 0 ? a : b;
}

function decisionOf(state: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(state).filter(([key]) => decisionFields.includes(key)));
}

function without(state: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(state).filter(([key]) => !decisionFields.includes(key)));
}

function singular(key: string): string {
  return key.replace(/s$/, '');
}
