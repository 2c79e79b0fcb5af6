/** The colours of a text as axe-core measured them, and the nearest colour that passes. */
export interface Contrast {
  /** `#rrggbb` of the text and of what lies behind it. */
  foreground: string;
  background: string;
  /** From 1 to 21, as measured. */
  ratio: number;
  /** What WCAG 2.2 asks for, from 3 to 7. */
  needed: number;
  /** The smallest change that passes: of the text or of what lies behind it. */
  nearest: { of: 'text' | 'background'; color: string; ratio: number };
}

const color = '(#[0-9a-f]{6})';
const measured = new RegExp(
  `contrast of ([\\d.]+) \\(foreground color: ${color}, background color: ${color}` +
    '[^)]*(?:\\([^)]*\\)[^)]*)?\\)\\. Expected contrast ratio of ([\\d.]+):1',
  'i',
);

/** The colours in axe-core's sentence about a text whose contrast is too low; undefined for another sentence. */
export function contrastIn(sentence: string): Contrast | undefined {
  const [, ratio, foreground, background, needed] = measured.exec(sentence.slice(0, 1_000)) ?? [];
  if (!ratio || !foreground || !background || !needed) return undefined;
  const found = { foreground, background, ratio: Number(ratio), needed: Number(needed) };
  const ways = [
    { of: 'text' as const, ...passing(foreground, background, found.needed) },
    { of: 'background' as const, ...passing(background, foreground, found.needed) },
  ];
  const [nearest] = ways.filter(({ color }) => color !== '').sort((a, b) => a.distance - b.distance);
  if (!nearest) return undefined;
  const { of, color } = nearest;
  const rounded = contrastRatio(color, of === 'text' ? background : foreground);
  return { ...found, nearest: { of, color, ratio: Math.floor(rounded * 100) / 100 } };
}

type Channels = readonly [red: number, green: number, blue: number];

function channelsOf(color: string): Channels {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16)) as unknown as Channels;
}

/** Relative luminance, 0 to 1, of an sRGB colour (WCAG 2.2, "relative luminance"). */
function luminance(channels: Channels): number {
  const [red, green, blue] = channels.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Channels;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The contrast ratio of two colours `#rrggbb`, 1 to 21 (WCAG 2.2, "contrast ratio"). */
export function contrastRatio(one: string, other: string): number {
  const [a, b] = [luminance(channelsOf(one)), luminance(channelsOf(other))];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/**
 * The first colour that reaches a ratio with `other` on the way from `color` to black or to white, whichever is nearer.
 * Mixing with black or white keeps the hue.
 * @returns '' when neither reaches it
 */
function passing(color: string, other: string, needed: number): { color: string; distance: number } {
  const from = channelsOf(color);
  let best = { color: '', distance: Number.POSITIVE_INFINITY };
  for (const end of [0, 255]) {
    for (let step = 0; step <= 255; step += 1) {
      const mixed = from.map((channel) => Math.round(channel + ((end - channel) * step) / 255));
      const candidate = `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
      if (contrastRatio(candidate, other) < needed) continue;
      const distance = Math.hypot(...from.map((channel, index) => channel - (mixed[index] ?? 0)));
      if (distance < best.distance) best = { color: candidate, distance };
      break;
    }
  }
  return best;
}
