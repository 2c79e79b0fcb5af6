import type { SurveyAnswer } from '../../core/survey/surveyAnswer';
import type { KeptAnswers } from './kept';

/** How long the first wait before another try is; each further one is twice as long. Milliseconds. */
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 5 * 60_000;
/** How long a receiver may take. Milliseconds. */
const PATIENCE = 10_000;

/**
 * Sends answers until they have arrived: whatever goes wrong, an answer is kept and tried again. One that arrived
 * without our hearing of it is sent twice; its id tells the receiver.
 */
export class Delivery {
  private wait = FIRST_WAIT;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isSending = false;

  /**
   * @param endpoint empty: there is no receiver
   * @param changed is called after each answer that arrived or did not
   */
  constructor(
    private readonly kept: KeptAnswers,
    private readonly endpoint: string,
    private readonly changed: () => void,
  ) {
    addEventListener('online', () => this.now());
  }

  /** Tries at once. */
  now(): void {
    this.wait = FIRST_WAIT;
    void this.send();
  }

  private async send(): Promise<void> {
    clearTimeout(this.timer);
    if (this.endpoint === '' || this.isSending) return;
    this.isSending = true;
    const tried = new Set<string>();
    for (let next = this.untried(tried); next; next = this.untried(tried)) {
      tried.add(next.id);
      const outcome = await post(this.endpoint, next);
      if (outcome === 'arrived') this.kept.remove(next.id);
      this.changed();
      if (outcome === 'no answer') break; // the others would wait as long
    }
    this.isSending = false;
    if (this.kept.all.length === 0) return;
    this.timer = setTimeout(() => void this.send(), this.wait);
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }

  private untried(tried: ReadonlySet<string>): SurveyAnswer | undefined {
    return this.kept.all.find(({ id }) => !tried.has(id));
  }
}

async function post(endpoint: string, answer: SurveyAnswer): Promise<'arrived' | 'refused' | 'no answer'> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), PATIENCE);
  try {
    const { ok } = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(answer),
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      redirect: 'error',
      keepalive: true, // a person may leave at once
      signal: controller.signal,
    });
    return ok ? 'arrived' : 'refused';
  } catch {
    return 'no answer';
  } finally {
    clearTimeout(timer);
  }
}
