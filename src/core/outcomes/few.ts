/** Below this many only the raw counts are shown (rule of the evidence catalogue). */
export const FEW = 5;

/** Whether a figure rests on too few for more than its counts; field data are published without their number. */
export function isFew({ n, basis }: { n?: number | undefined; basis: string }): boolean {
  return basis !== 'field' && n !== undefined && n < FEW;
}
