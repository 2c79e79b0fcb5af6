import { type AdviceTable, tutorial, wcag } from './sources';

/** Data tables. */
export const tables: AdviceTable = {
  'scope-attr-valid': {
    title: 'Table scope misused',
    why: 'With a wrong `scope`, a screen reader names the wrong header with each number.',
    steps: ['Use `scope` on `<th>` only.', 'Set it to `col`, `row`, `colgroup` or `rowgroup`.'],
    code: { language: 'html', before: '<td scope="column">Price</td>', after: '<th scope="col">Price</th>' },
    more: tutorial('tables/two-headers/', 'tables with two headers'),
  },
  'table-duplicate-name': {
    title: 'Table named twice',
    why: '`summary` repeats the caption, so a screen reader says it twice, and nobody learns how the table is built.',
    steps: ['Keep the `<caption>` as the name.', 'Remove `summary`; explain a difficult table in the text before it.'],
    code: {
      language: 'html',
      before: '<table summary="Prices"><caption>Prices</caption>…</table>',
      after: '<table><caption>Prices</caption>…</table>',
    },
    more: tutorial('tables/caption-summary/', 'captions and summaries'),
  },
  'table-fake-caption': {
    title: 'Table cell as caption',
    why: 'The first row looks like a caption. A screen reader reads it as data and finds no name for the table.',
    steps: ['Move the text into a `<caption>`, first in the table.', 'Remove the row that spans all columns.'],
    code: {
      language: 'html',
      before: '<table>\n  <tr><td colspan="3">Prices</td></tr>…',
      after: '<table>\n  <caption>Prices</caption>…',
    },
    standard: wcag('1.3.1'),
    more: tutorial('tables/caption-summary/', 'captions and summaries'),
  },
  'td-has-header': {
    title: 'Cell without header',
    why: 'In a large table people who listen move from cell to cell. Without headers they hear bare numbers.',
    steps: ['Make the first cell of each column, and of each row, a `<th>`.', 'Add `scope="col"` or `scope="row"`.'],
    code: {
      language: 'html',
      before: '<tr><td>Size</td><td>Price</td></tr>',
      after: '<tr><th scope="col">Size</th><th scope="col">Price</th></tr>',
    },
    standard: wcag('1.3.1'),
    more: tutorial('tables/', 'tables'),
  },
  'td-headers-attr': {
    title: 'Cell refers to no header',
    why: '`headers` names an id that is no header of this table, so the cell is read without one.',
    steps: [
      'Let `headers` list ids of `<th>` in the same table.',
      'In a simple table remove `headers` and use `scope` instead.',
    ],
    code: {
      language: 'html',
      before: '<td id="p">Price</td>…<td headers="p">5 €</td>',
      after: '<th id="p">Price</th>…<td headers="p">5 €</td>',
    },
    standard: wcag('1.3.1'),
    more: tutorial('tables/multi-level/', 'tables with several levels of headers'),
  },
  'th-has-data-cells': {
    title: 'Header without cells',
    why: 'A header that belongs to no cell is announced, and then nothing follows.',
    steps: ['Use `<th>` only for cells that head others.', 'Check `scope`, and whether rows of the table are missing.'],
    code: {
      language: 'html',
      before: '<tr><th>Total</th><th>5 €</th></tr>',
      after: '<tr><th scope="row">Total</th><td>5 €</td></tr>',
    },
    standard: wcag('1.3.1'),
    more: tutorial('tables/one-header/', 'tables with one header'),
  },
};
