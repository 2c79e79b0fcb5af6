/** A point of a drawn course: where it lies across, and the heights of its value and of the ends of its spread. */
export interface DrawnPoint {
  x: number;
  value: number;
  low: number;
  high: number;
}

const through = (points: readonly (readonly [x: number, y: number])[]) =>
  points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('');

/** The line through the values. */
export function linePath(points: readonly DrawnPoint[]): string {
  return through(points.map(({ x, value }) => [x, value]));
}

/** The band between the ends of the spread. */
export function bandPath(points: readonly DrawnPoint[]): string {
  const lows = points.map(({ x, low }) => [x, low] as const);
  const highs = points.map(({ x, high }) => [x, high] as const);
  return `${through([...lows, ...highs.toReversed()])}Z`;
}
