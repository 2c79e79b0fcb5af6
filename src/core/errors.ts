/** The kind of an error; decides the exit code of the terminal program. */
export type ErrorKind = 'usage' | 'environment' | 'page' | 'record' | 'cancelled' | 'internal';

/** The documented exit codes of `ux-audit`. */
export const exitCodes = {
  done: 0,
  gate: 1,
  usage: 2,
  environment: 3,
  page: 4,
  record: 5,
  internal: 70, // EX_SOFTWARE of sysexits(3)
  cancelled: 130, // 128 + SIGINT, as shells report it
} as const satisfies Record<ErrorKind | 'done' | 'gate', number>;

/**
 * An error written for people: what happened, why if known, and what to do next.
 * `code` is stable and for machines. `cause` is the original error.
 */
export class HumanError extends Error {
  override readonly name = 'HumanError';
  readonly kind: ErrorKind;
  readonly code: string;
  readonly next: string;

  constructor(kind: ErrorKind, code: string, text: { what: string; next: string }, options?: { cause?: unknown }) {
    super(text.what, options);
    this.kind = kind;
    this.code = code;
    this.next = text.next;
  }
}

/** An error of kind `usage`: what cannot be done as asked, and what to do instead. */
export function usageError(code: string, what: string, next: string): HumanError {
  return new HumanError('usage', code, { what, next });
}

/** The error of a run that a person stopped. Nothing is recorded for it. */
export function cancelled(): HumanError {
  return new HumanError('cancelled', 'cancelled', {
    what: 'Cancelled. Unfinished work was not recorded.',
    next: 'Start it again when you are ready.',
  });
}

/** Whether an error is a HumanError, also one of another bundle, which has its own copy of the class. */
export function isHumanError(error: unknown): error is HumanError {
  return error instanceof Error && error.name === 'HumanError' && 'kind' in error && 'next' in error;
}

/** Turns anything thrown into a HumanError. An unforeseen error keeps its message and is of kind `internal`. */
export function toHumanError(error: unknown): HumanError {
  if (isHumanError(error)) return error;
  if (error instanceof Error && error.name === 'AbortError') return cancelled(); // such as Ctrl+C at a question
  const message = error instanceof Error ? error.message : String(error);
  return new HumanError(
    'internal',
    'unexpected',
    {
      what: `Something unexpected went wrong: ${message}`,
      next: 'Try again; if it happens again, report it with the UX Audit log.',
    },
    { cause: error },
  );
}

/** A HumanError as plain data, for crossing a process or webview boundary. */
export interface ErrorText {
  kind: ErrorKind;
  code: string;
  message: string;
  next: string;
}

/** The parts of an error that cross a process or webview boundary. */
export function errorText(error: unknown): ErrorText {
  const { kind, code, message, next } = toHumanError(error);
  return { kind, code, message, next };
}

/** The inverse of {@link errorText}. */
export function fromErrorText(text: ErrorText): HumanError {
  return new HumanError(text.kind, text.code, { what: text.message, next: text.next });
}
