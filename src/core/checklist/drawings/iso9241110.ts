import {
  bars,
  box,
  button,
  card,
  columns,
  type DrawnItem,
  dialog,
  done,
  fault,
  field,
  gap,
  here,
  icon,
  info,
  inTurn,
  link,
  main,
  one,
  page,
  picture,
  pointed,
  quiet,
  round,
  row,
  stack,
  strong,
  table,
  title,
} from './scene';

/** The drawings of the seven principles of ISO 9241-110. */
export const iso9241110: Record<string, DrawnItem> = {
  P1: {
    good: one(
      'Expenses',
      row(picture(58, 'receipt'), stack(here(stack('Date: 3 May', 'Amount: £18.40')), field('Purpose', '', 'focus'))),
    ),
    bad: one(
      'Expenses',
      quiet('Signed in as Ana Weber'),
      here(stack(field('Department'), field('Cost centre'), field('Staff number'))),
    ),
  },
  P2: {
    good: one(
      'Change your delivery address',
      here(title('Change your delivery address')),
      quiet('Order 48213'),
      field('Street', '8 Mill Lane'),
      here(main('Save new address')),
    ),
    bad: one('Page', here(title('Details')), field('F1'), field('F2'), here(main('OK'))),
  },
  P3: {
    good: one(
      'Pizza',
      columns(
        stack(strong('Toppings'), box(true, 'Olives'), box(true, 'Onions'), box(false, 'Ham')),
        stack(strong('Size'), round(false, 'Small'), round(true, 'Medium'), round(false, 'Large')),
      ),
    ),
    bad: inTurn(
      page('Pizza', strong('Toppings'), box(true, 'Olives'), pointed(box(false, 'Onions'))),
      page('Pizza', strong('Toppings'), here(box(false, 'Olives')), box(true, 'Onions')),
    ),
  },
  P4: {
    good: one(
      'New chart',
      here(row(picture(46, 'chart'), table(['Sample', '2026'], ['North', '12'], ['South', '19']))),
      row(button('Change it'), button('Throw away')),
    ),
    bad: inTurn(
      page('New chart', card(gap(30)), main('Try')),
      page('New chart', here(fault('The live report was overwritten.'))),
    ),
  },
  P5: {
    good: one(
      'Booking',
      columns(field('Name', 'Ana Weber'), field('Seats', '2')),
      here(dialog(row(icon('clock'), 'Your time ends in 2 minutes.'), main('More time'))),
    ),
    bad: inTurn(
      page('Booking', field('Name', 'Ana Weber'), field('Seats', '2')),
      page('Start', here(stack(field('Name', '', 'error'), field('Seats', '', 'error'))), quiet('all gone')),
    ),
  },
  P6: {
    good: one(
      'Ticket',
      field('Email', 'ana@shop.con'),
      here(row(icon('question'), 'Did you mean', pointed(link('.com?')))),
    ),
    bad: inTurn(
      page('Ticket', here(field('Email', 'ana@shop.con')), pointed(main('Send'))),
      page('Ticket', done('Your ticket is sent.'), quiet('… to nobody')),
    ),
  },
  P7: {
    good: one(
      'Home',
      title('Fresh bread'),
      here(pointed(button('Shops near me', 'map'))),
      info('We use your location once, to find shops.'),
    ),
    bad: one(
      'Home',
      bars(2),
      here(dialog(strong('May we know your location?'), row(main('Allow'), button('Block')))),
      bars(1),
    ),
  },
};
