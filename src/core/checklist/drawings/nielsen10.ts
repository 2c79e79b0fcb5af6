import {
  bars,
  beside,
  button,
  card,
  columns,
  type DrawnItem,
  dialog,
  fault,
  field,
  gap,
  grid,
  here,
  icon,
  inTurn,
  link,
  list,
  main,
  off,
  one,
  page,
  picture,
  pointed,
  quiet,
  round,
  row,
  says,
  small,
  spread,
  stack,
  strong,
  struck,
  table,
  title,
} from './scene';

/** The drawings of Nielsen's ten heuristics. */
export const nielsen10: Record<string, DrawnItem> = {
  H01: {
    good: inTurn(
      page('Note', field('Title', 'Trip'), pointed(main('Save'))),
      page('Note', field('Title', 'Trip'), off('Saving…')),
      page('Note', field('Title', 'Trip'), here('Saved at 10:42')),
    ),
    bad: inTurn(
      page('Note', field('Title', 'Trip'), pointed(main('Save'))),
      page('Note', field('Title', 'Trip'), here(main('Save')), quiet('no change')),
      page('Note', field('Title', 'Trip'), pointed(main('Save')), quiet('again?')),
    ),
  },
  H02: {
    good: one(
      'Delivery',
      here(title('When should we come?')),
      columns(round(false, 'Monday'), round(true, 'Tuesday'), round(false, 'Friday')),
      columns(round(true, 'morning'), round(false, 'afternoon')),
    ),
    bad: one('Delivery', here(title('Fulfilment slot code')), list('', 'DS-03'), grid(['DS-01'], ['DS-02'], ['DS-03'])),
  },
  H03: {
    good: inTurn(
      page('List', spread('Lamp', pointed(icon('bin'))), spread('Chair', icon('bin'))),
      page('List', here(row('Removed.', link('Undo'))), spread('Chair', icon('bin'))),
    ),
    bad: inTurn(
      page('List', spread('Lamp', pointed(icon('bin'))), spread('Chair', icon('bin'))),
      page('List', spread('Chair', icon('bin')), here(quiet('gone, no Undo'))),
    ),
  },
  H04: {
    good: beside(
      ...['Basket', 'Wishes', 'Orders'].map((name) => page(name, bars(1), row(icon('bin'), 'Remove'), bars(1))),
    ),
    bad: beside(
      page('Basket', bars(1), here('Remove'), bars(1)),
      page('Wishes', bars(1), here('Delete'), bars(1)),
      page('Orders', bars(1), here(icon('cross')), bars(1)),
    ),
  },
  H05: {
    good: one(
      'Hotel',
      columns(field('Arrival', '14 May'), field('Departure', '', 'focus')),
      here(row(struck('11'), struck('12'), struck('13'), strong('14'), button('15'), button('16'), button('17'))),
      quiet('Days before the arrival cannot be chosen.'),
    ),
    bad: inTurn(
      page('Hotel', field('Arrival', '14 May'), here(field('Departure', '11 May')), main('Search')),
      page('Hotel', gap(4), fault('Departure is before arrival.')),
    ),
  },
  H06: {
    good: one(
      'Compare, scrolled down',
      here(table(['', 'Lamp A', 'Lamp B', 'Lamp C'])),
      grid(
        ['Weight', '1 kg', '2 kg', '4 kg'],
        ['Height', '30 cm', '45 cm', '60 cm'],
        ['Light', 'warm', 'cold', 'warm'],
      ),
    ),
    bad: one(
      'Compare, scrolled down',
      grid(
        ['Weight', '1 kg', '2 kg', '4 kg'],
        ['Height', '30 cm', '45 cm', '60 cm'],
        ['Light', 'warm', 'cold', 'warm'],
      ),
      here(says('Which one was 45 cm?')),
    ),
  },
  H07: {
    good: one(
      'Orders',
      card(spread(strong('Every Monday'), here(pointed(main('Order again')))), quiet('12 coffee, 6 tea, 4 milk')),
      link('First order? Use the guide'),
    ),
    bad: one(
      'Orders',
      here(
        stack(
          columns(field('Item', 'Coffee'), field('Number', '12')),
          columns(field('Item', 'Tea'), field('Number', '6')),
          columns(field('Item', '', 'focus'), field('Number')),
        ),
      ),
      quiet('line by line, every Monday'),
    ),
  },
  H08: {
    good: one(
      'Product',
      row(picture(54, 'box'), stack(strong('Desk lamp'), here('£49'), main('Add to basket'))),
      spread('Technical details', icon('plus')),
    ),
    bad: one(
      'Product',
      columns(card(strong('SALE!')), card(strong('NEW!')), card(strong('WIN!'))),
      row(picture(26, 'box'), main('Buy'), main('Gift'), main('Join')),
      columns(card(strong('APP!')), card(strong('-20 %'))),
      here(small('£49')),
    ),
  },
  H09: {
    good: one(
      'Basket',
      field('Voucher', 'SPRING'),
      here(fault('This voucher ended on 3 May. Remove it to go on, or enter another one.')),
      row(button('Remove'), main('Go on')),
    ),
    bad: one('Basket', here(fault('Error 1042')), gap(2), field('Voucher', 'SPRING'), main('Go on')),
  },
  H10: {
    good: one(
      'Meter reading',
      field('Meter number'),
      here(link('Where is it?')),
      dialog(row(icon('help'), stack(quiet('It stands here:'), grid(['No. 4711 203'])))),
    ),
    bad: inTurn(
      page('Reading', here(field('Meter number')), link('Help')),
      page('Help', strong('80 questions'), bars(4)),
    ),
  },
};
