import { type IconName, icons } from './icons';
import type { ButtonLook, FieldLook, Part, Speaker, TextLook, Tone } from './scene';
import { type Box, inRow, line, type Place, padded, path, rect, type Shape, stacked } from './shapes';
import { textWidth, wrapped } from './textWidth';

export type Named = Exclude<Part, string>;
export type PartOf<Name extends Named['is']> = Extract<Named, { is: Name }>;

const SIZE = 10;

const styles: Record<TextLook, { size: number; isBold?: boolean; look: string }> = {
  plain: { size: SIZE, look: 'ink' },
  quiet: { size: 9, look: 'quiet' },
  strong: { size: SIZE, isBold: true, look: 'ink' },
  title: { size: 11.5, isBold: true, look: 'ink' },
  big: { size: 17, isBold: true, look: 'ink' },
  small: { size: 7.5, look: 'ink' },
  pale: { size: 9, look: 'pale' },
  struck: { size: SIZE, look: 'struck' },
  link: { size: SIZE, look: 'link' },
  code: { size: 9.5, look: 'code' },
};

/** What is said before a text whose look has a meaning. */
const spoken: Partial<Record<TextLook, string>> = {
  link: 'link ',
  pale: 'in pale type ',
  small: 'in small type ',
  struck: 'struck out ',
};

/** Lines of text, as wide as they need to be. */
export function words(text: string, most: number, name: TextLook = 'plain'): Box {
  const { size, isBold = false, look } = styles[name];
  const measure = { size, isBold, isCode: look === 'code' };
  const lines = wrapped(text, most, measure);
  const high = size * 1.25;
  const shapes = lines.map((each, at) => line(look, 0, at * high + size, each, size, isBold));
  const width = Math.max(...lines.map((each) => textWidth(each, measure)));
  return {
    width,
    height: lines.length * high,
    shapes,
    said: text.trim() === '' ? [] : [`${spoken[name] ?? ''}“${text}”`],
  };
}

export const iconBox = (name: IconName, look = 'stroke', size = 12): Box => ({
  width: size,
  height: size,
  shapes: [path(look, 0, 0, icons[name], size / 12)],
  said: [`${name} icon`],
});

/** Puts shapes behind a box, as large as it is. */
export const on = (box: Box, look: string, radius: number): Box => ({
  ...box,
  shapes: [rect(look, 0, 0, box.width, box.height, radius), ...box.shapes],
});

export const centred = (box: Box, width: number): Box =>
  padded(box, (width - box.width) / 2, 0, (width - box.width) / 2, 0);

const buttonText: Record<ButtonLook, { frame: string; text: string; said: string }> = {
  main: { frame: 'main', text: 'on', said: 'main button' },
  plain: { frame: 'plain', text: 'ink', said: 'button' },
  off: { frame: 'off', text: 'quiet', said: 'inactive button' },
};

export function drawButton({ text, look: name, icon }: PartOf<'button'>, { most }: Place): Box {
  const { frame, text: look, said } = buttonText[name];
  const sign = icon ? [iconBox(icon, look === 'on' ? 'stroke-on' : 'stroke')] : [];
  const label = text === '' ? [] : [words(text, most - (icon ? 30 : 14))];
  const inside = inRow([...sign, ...label], 4, 'middle');
  const shapes = inside.shapes.map((shape) => (shape.is === 'text' ? { ...shape, look } : shape));
  const told = `${said}${text ? ` “${text}”` : ''}${icon ? ` with icon ${icon}` : ''}`;
  const box = { ...inside, shapes, said: [told] };
  return on(padded(box, text === '' ? 3 : 7, 3), frame, 3);
}

/** Text of which paper hides the lower half of the last line. */
export function drawCut({ text, look }: PartOf<'cut'>, { most }: Place): Box {
  const whole = words(text, most, look);
  const hidden = styles[look].size * 0.58;
  const cover = rect('cover', 0, whole.height - hidden, whole.width, hidden);
  return { ...whole, shapes: [...whole.shapes, cover], said: [`“${text}”, cut off`] };
}

const fieldSaid: Record<FieldLook, string> = {
  plain: '',
  focus: ', in use',
  error: ', with a red border',
  faint: ', hardly visible',
};

export function drawField({ label, value = '', inside, look, isOpen }: PartOf<'field'>, { most }: Place): Box {
  const text = inside ?? value;
  const shown = text === '' ? empty : words(text, most - (isOpen ? 24 : 12), inside === undefined ? 'plain' : 'quiet');
  const height = Math.max(16, shown.height + 4);
  const caret = look === 'focus' ? [rect('ink-line', 6 + (inside ? 0 : shown.width), 3, 1, height - 6)] : [];
  const arrow = isOpen ? [path('stroke', most - 15, 3, 'M3 4 6 7 9 4')] : [];
  const ring = look === 'focus' ? [rect('focus', 0, 0, most, height, 2)] : [];
  const frame: Box = {
    width: most,
    height,
    said: [],
    shapes: [
      rect(look === 'focus' ? 'field' : `field-${look}`, 0, 0, most, height, 2),
      ...padded(shown, 5, (height - shown.height) / 2).shapes,
      ...caret,
      ...arrow,
      ...ring,
    ],
  };
  const kind = isOpen ? 'list' : 'field';
  const name = label ?? '';
  const said = `${kind}${name ? ` “${name}”` : ''}${text ? `: ${text}` : ''}${fieldSaid[look]}`;
  return { ...(name ? stacked([words(name, most), frame], 1) : frame), said: [said] };
}

export const empty: Box = { width: 0, height: 0, shapes: [], said: [] };

export function drawTick({ form, isOn, text }: PartOf<'tick'>, { most }: Place): Box {
  const wide = form === 'switch' ? 19 : 10;
  const radius = form === 'box' ? 1.5 : 5;
  const filled = isOn ? 'main' : 'field-plain';
  const marks: Record<typeof form, Shape[]> = {
    box: isOn ? [path('stroke-on', 0, 0, icons.check, 10 / 12)] : [],
    round: isOn ? [rect('on-fill', 3, 3, 4, 4, 2)] : [],
    switch: [rect(isOn ? 'on-fill' : 'ink-fill', isOn ? 11 : 2, 2, 6, 6, 3)],
  };
  const sign: Box = {
    width: wide,
    height: 10,
    said: [],
    shapes: [rect(filled, 0, 0, wide, 10, radius), ...marks[form]],
  };
  const state = form === 'switch' ? (isOn ? 'switch, on,' : 'switch, off,') : isOn ? 'ticked' : 'empty';
  const kind = { box: ' box', round: ' round button', switch: '' }[form];
  const label = text === '' ? [] : [words(text, most - wide - 5)];
  return { ...inRow([sign, ...label], 5, 'middle'), said: [`${state}${kind}${text ? ` “${text}”` : ''}`] };
}

const signs: Record<Tone, IconName> = { good: 'check', bad: 'warning', info: 'info' };

export function drawMessage({ tone, text }: PartOf<'message'>, { most }: Place): Box {
  const label = words(text, most - 24);
  const inner = inRow([iconBox(signs[tone], `tone-${tone}`, 11), label], 4, 'middle');
  return {
    ...on(padded(inner, 5, 3, Math.max(4, most - inner.width - 5)), `note-${tone}`, 2),
    said: [`message “${text}”`],
  };
}

export function drawTable({ rows, isHeadless }: PartOf<'table'>, { most }: Place): Box {
  const size = 9;
  const count = Math.max(...rows.map((row) => row.length));
  const needed = Array.from({ length: count }, (_, at) =>
    Math.max(...rows.map((row) => textWidth(row[at] ?? '', { size, isBold: true }) + 8)),
  );
  const total = needed.reduce((sum, width) => sum + width, 0);
  const widths = needed.map((width) => (width * most) / total);
  const shapes: Shape[] = rows.flatMap((row, index) => {
    const isHead = index === 0 && !isHeadless;
    let x = 0;
    const cells = row.map((cell, at) => {
      const shape = line('ink', x + 4, index * 14 + 10, cell, size, isHead);
      x += widths[at] ?? 0;
      return shape;
    });
    return [...(isHead ? [rect('soft', 0, 0, most, 14)] : [rect('rule', 0, index * 14, most, 0.7)]), ...cells];
  });
  const height = rows.length * 14;
  shapes.push(rect('outline', 0, 0, most, height, 1));
  return { width: most, height, shapes, said: [`table: ${rows.map((row) => row.join(', ')).join('; ')}`] };
}

const speakers: Record<Speaker, { icon: IconName; said: string }> = {
  reader: { icon: 'speaker', said: 'a screen reader says' },
  person: { icon: 'person', said: 'somebody says' },
  phone: { icon: 'phone', said: 'on the phone:' },
  chat: { icon: 'dots', said: 'in the chat:' },
  sound: { icon: 'note', said: 'sound:' },
};

export function drawBubble({ who, text }: PartOf<'bubble'>, { most }: Place): Box {
  const { icon, said } = speakers[who];
  const label = { ...words(text, most - 32), said: [`${said} “${text}”`] };
  const bubble = on(padded(label, 6, 3), 'bubble', 6);
  const tail = path('tail', 0, bubble.height / 2 - 4, 'M1 0 -4 4 1 8');
  return inRow(
    [
      { ...iconBox(icon), said: [] },
      { ...bubble, shapes: [...bubble.shapes, tail] },
    ],
    7,
    'middle',
  );
}

export function drawSteps({ names, at }: PartOf<'steps'>, { most }: Place): Box {
  const slot = most / names.length;
  const shapes: Shape[] = [rect('rule', slot / 2, 7, most - slot, 1)];
  for (const [index, name] of names.entries()) {
    const number = String(index + 1);
    const middle = slot * (index + 0.5);
    const isNow = index + 1 === at;
    shapes.push(rect(isNow ? 'main' : 'step', middle - 7, 0.5, 14, 14, 7));
    shapes.push(line(isNow ? 'on' : 'ink', middle - textWidth(number, { size: 9 }) / 2, 10.8, number, 9, isNow));
    const width = textWidth(name, { size: 8.5, isBold: isNow });
    if (name) shapes.push(line(isNow ? 'ink' : 'quiet', middle - width / 2, 24, name, 8.5, isNow));
  }
  const isNamed = names.some(Boolean);
  const said = `step ${at} of ${names.length}${isNamed ? `: ${names.join(', ')}` : ''}`;
  return { width: most, height: isNamed ? 26 : 15, shapes, said: [said] };
}

export function drawBars({ lines }: PartOf<'bars'>, { most }: Place): Box {
  const parts = [1, 0.86, 0.94, 0.7];
  const shapes = Array.from({ length: lines }, (_, at) =>
    rect(
      'soft',
      0,
      at * 9 + 2,
      most * (parts[at % parts.length] ?? 1) * (at === lines - 1 && lines > 1 ? 0.7 : 1),
      5,
      2,
    ),
  );
  return { width: most, height: lines * 9, shapes, said: [] };
}

export function drawPicture({ height, icon }: PartOf<'picture'>, { most }: Place): Box {
  const scale = Math.min(1.8, (height - 6) / 12);
  const middle = { x: (most - 12 * scale) / 2, y: (height - 12 * scale) / 2 };
  const shapes = [rect('soft', 0, 0, most, height, 2), path('stroke', middle.x, middle.y, icons[icon], scale)];
  return { width: most, height, shapes, said: [icon === 'picture' ? 'picture' : `picture of ${icon}`] };
}
