import type { TemplateResult } from 'lit-html';
import { nothing } from 'lit-html';
import type { Box, PagePicture } from '../../core/audit/reportDetails';
import { html } from './html';

/** Around an element so much of the page is shown. CSS pixels. */
const AROUND = { width: 360, height: 210 };

/** The part of the page around a box, inside the page. */
function part({ left, top, width, height }: Box, page: PagePicture): Box {
  const wide = Math.min(page.width, Math.max(AROUND.width, width + 40));
  const high = Math.min(page.height, Math.max((wide * AROUND.height) / AROUND.width, Math.min(height + 40, wide)));
  const middle = { x: left + width / 2, y: top + Math.min(height, high) / 2 };
  const within = (value: number, size: number, most: number) => Math.max(0, Math.min(value - size / 2, most - size));
  return {
    left: within(middle.x, wide, page.width),
    top: within(middle.y, high, page.height),
    width: wide,
    height: high,
  };
}

/** The element as it looked when the page was audited, framed; nothing without a picture. */
export function crop(page: PagePicture | null, box: Box | undefined, name: string): TemplateResult | typeof nothing {
  if (!page || !box || box.width <= 0 || box.height <= 0) return nothing;
  const { left, top, width, height } = part(box, page);
  // where the picture is cut to the space it has, the element stays
  const side = (from: number, size: number) => (from < size / 3 ? 'Min' : from > (size * 2) / 3 ? 'Max' : 'Mid');
  const keep = `x${side(box.left + box.width / 2 - left, width)}Y${side(box.top + box.height / 2 - top, height)} slice`;
  return html`<svg
    class="crop"
    viewBox="${left} ${top} ${width} ${height}"
    preserveAspectRatio=${keep}
    role="img"
    aria-label="Picture of ${name}"
  >
    <image href=${page.data} width=${page.width} height=${page.height} />
    <rect class="halo" x=${box.left - 3} y=${box.top - 3} width=${box.width + 6} height=${box.height + 6} />
    <rect class="frame" x=${box.left - 3} y=${box.top - 3} width=${box.width + 6} height=${box.height + 6} />
  </svg>`;
}
