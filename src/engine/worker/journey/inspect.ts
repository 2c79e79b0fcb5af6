import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Frame } from 'puppeteer-core';
import * as z from 'zod/mini';
import { type Action, type Selector, selectorSchema } from '../../../core/journey/recording';
import type { InspectedAction } from '../../../protocol/workerMessages';
import { puppeteerSelector } from './act';
import type { Watch } from './watch';

/** What the page (src/inPage/inspector.ts) says of an element; it could say anything. */
const inspectedSchema = z.object({
  selectors: z.array(selectorSchema).check(z.maxLength(20)),
  hovers: z.array(z.array(selectorSchema)).check(z.maxLength(20)),
});

/** Looks at what the actions of a walk use, and where they lead. */
export class Inspector {
  readonly inspected: InspectedAction[] = [];
  private last: { action: InspectedAction; hard: number; soft: number } | undefined;

  constructor(
    private readonly script: string,
    private readonly watch: Watch,
  ) {}

  static async make(watch: Watch): Promise<Inspector> {
    return new Inspector(await readFile(path.join(__dirname, 'inPage', 'inspector.js'), 'utf8'), watch);
  }

  /** Looks at the element of an action, once before it is used. @param place step and action, by index */
  async look(place: InspectedAction['place'], action: Action, frame: Frame): Promise<void> {
    this.settle();
    const seen = await this.elementOf(action, frame);
    const inspected: InspectedAction = { place, hard: 0, soft: 0, selectors: seen?.selectors ?? [], hovers: [] };
    this.inspected.push(inspected);
    const { hard, soft } = this.watch.counts;
    this.last = { action: inspected, hard, soft };
  }

  /** Notes where the last action has led until now. */
  settle(): void {
    if (!this.last) return;
    const { hard, soft } = this.watch.counts;
    this.last.action.hard = Math.max(0, hard - this.last.hard);
    this.last.action.soft = Math.max(0, soft - this.last.soft);
    this.last = undefined;
  }

  /** Brings the pointer over what hides the element of an action. @returns selectors of what it was brought over */
  async reveal(action: Action, frame: Frame): Promise<Selector[][]> {
    const seen = await this.elementOf(action, frame);
    for (const [first] of seen?.hovers ?? [])
      if (first !== undefined) await (await frame.$(puppeteerSelector(first)))?.hover().catch(() => {});
    return seen?.hovers ?? [];
  }

  /** Notes what the pointer had to be over before the last action. */
  revealed(hovers: Selector[][]): void {
    const last = this.inspected.at(-1);
    if (last) last.hovers = hovers;
  }

  private async elementOf({ selectors = [] }: Action, frame: Frame) {
    for (const selector of selectors) {
      const element = await frame.$(puppeteerSelector(selector)).catch(() => null);
      if (!element) continue;
      await frame.evaluate(this.script);
      const said = await element.evaluate((node) =>
        (globalThis as unknown as { uxAuditInspect(given: unknown): unknown }).uxAuditInspect(node),
      );
      return inspectedSchema.safeParse(said).data;
    }
    return undefined;
  }
}
