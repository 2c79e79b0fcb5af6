import type { Scene } from '../../core/checklist/drawings/scene';

/** The drawings of examples for a page; loaded when one is open. */
export async function drawings(): Promise<Record<string, Scene>> {
  const { drawnExamples } = await import('../../core/checklist/drawings/drawings');
  return drawnExamples();
}
