/** Below this many answers only the counts are shown (rule of the evidence catalogue). */
export const FEW = 5;

/** Whether a figure has too few answers. Field data are published without their number, so they never do. */
export function isFew({ n, basis }: { n?: number | undefined; basis: string }): boolean {
  return basis !== 'field' && n !== undefined && n < FEW;
}
