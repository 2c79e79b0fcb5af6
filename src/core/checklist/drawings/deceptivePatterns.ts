import {
  at,
  bare,
  bars,
  beside,
  big,
  box,
  button,
  card,
  columns,
  type DrawnItem,
  dialog,
  field,
  gap,
  here,
  icon,
  info,
  inTurn,
  main,
  one,
  page,
  pale,
  paper,
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

/** The drawings of the checklist for deceptive patterns. */
export const deceptivePatterns: Record<string, DrawnItem> = {
  D01: {
    good: one(
      'Plans',
      here(
        table(
          ['per month, with tax', 'S', 'M', 'L'],
          ['Price', '£5', '£9', '£15'],
          ['Storage', '5 GB', '50 GB', '1 TB'],
          ['Support', '-', 'mail', 'phone'],
        ),
      ),
    ),
    bad: one(
      'Plans',
      here(
        columns(
          card(strong('Lite'), '£0.29 a day', quiet('FlexBox 2'), quiet('Care+')),
          card(strong('Pro'), '£99 a year', quiet('CloudMax'), quiet('Boost')),
        ),
      ),
    ),
  },
  D02: {
    good: one('Offer', title('Our letter with offers?'), row(main('Yes, subscribe'), here(button('No, thanks')))),
    bad: one(
      'Offer',
      title('Our letter with offers?'),
      main('Yes, subscribe'),
      here(button('No, I like paying too much')),
    ),
  },
  D03: {
    good: one(
      'Software',
      card(small('Advertisement'), bars(1)),
      title('Photo editor'),
      here(pointed(main('Download', 'down'))),
    ),
    bad: one(
      'Software',
      here(pointed(main('DOWNLOAD', 'down'))),
      quiet('(this is an advert)'),
      title('Photo editor'),
      small('download the program here'),
    ),
  },
  D04: {
    good: inTurn(
      page('Shirt', here('2 left in this size'), field('Number', '3'), pointed(main('Add'))),
      page('Shirt', 'There are only 2.', field('Number', '2')),
    ),
    bad: inTurn(
      at('for weeks', page('Shirt', here(strong('Only 2 left!')), field('Number', '20'), pointed(main('Add')))),
      page('Basket', here(row(icon('check'), '20 shirts')), strong('Only 2 left!')),
    ),
  },
  D05: {
    good: one(
      'Reviews',
      card(spread('5 of 5 stars', here(quiet('3 May, bought here'))), bars(1)),
      card(spread('2 of 5 stars', quiet('9 April, bought here')), bars(1)),
      quiet('How we check reviews: …'),
    ),
    bad: one(
      'Reviews',
      here(columns(card('5 of 5 stars', bars(1)), card('5 of 5 stars', bars(1)), card('5 of 5 stars', bars(1)))),
      info('Someone just bought this!'),
      quiet('the same notice after each reload'),
    ),
  },
  D06: {
    good: inTurn(
      page('Offer', here('Ends on 31 May at 23:59'), strong('£29')),
      at('1 June', page('', struck('Offer'), here(strong('£39')))),
    ),
    bad: inTurn(
      at('today', page('', row(icon('clock'), big('00:04')), strong('£29'))),
      at('next visit', page('', here(row(icon('clock'), big('10:00'))), strong('£29'))),
    ),
  },
  D07: {
    good: one(
      'Manual',
      title('Manual of your lamp'),
      here(pointed(main('Download', 'down'))),
      quiet('Newsletter? If you like: Subscribe'),
    ),
    bad: one(
      'Manual',
      title('Manual of your lamp'),
      here(stack(box(true, 'Subscribe to the newsletter (required)'), box(true, 'Share my contacts (required)'))),
      main('Download', 'down'),
    ),
  },
  D08: {
    good: beside(
      at('Begin', page('', field('Email'), main('Sign up'))),
      at('End', page('Account', here(pointed(button('Cancel subscription'))))),
    ),
    bad: beside(
      at('Begin', page('', field('Email'), main('Sign up'))),
      at(
        'End',
        bare(gap(4), here(stack(row(icon('phone'), 'by phone only'), row(icon('clock'), 'Mon to Fri, 9 to 11')))),
      ),
    ),
  },
  D09: {
    good: inTurn(
      at('at first', page('Ticket', big('£42'), quiet('booking fee included'))),
      at('at the end', page('Pay', here(big('£42')))),
    ),
    bad: inTurn(
      at('at first', page('Ticket', big('£30'))),
      at(
        'at the end',
        page(
          'Pay',
          here(stack(spread('Booking fee', '£6'), spread('Service fee', '£4'), spread('Printing fee', '£2'))),
          big('£42'),
        ),
      ),
    ),
  },
  D10: {
    good: one(
      'Trial',
      title('Music for all'),
      here(main('Try free for 14 days, then £9 a month')),
      row(icon('bell'), quiet('We remind you on day 12.')),
    ),
    bad: one(
      'Trial',
      title('Music for all'),
      here(main('Get it free')),
      gap(6),
      small('Terms, § 14.3: £9 a month from day 15'),
    ),
  },
  D11: {
    good: inTurn(
      page('Page 1', dialog('Install our app?', row(main('Yes'), here(pointed(button('No')))))),
      page('Page 3', bars(4)),
    ),
    bad: inTurn(
      page('Page 1', dialog('Install our app?', row(main('Yes'), pointed(button('Later'))))),
      page('Page 3', here(dialog('Install our app?', row(main('Yes'), button('Later'))))),
    ),
  },
  D12: {
    good: inTurn(
      page('Settings', bars(1), here(pointed(button('Delete my data')))),
      page('Settings', 'Delete it all?', row(main('Delete'), button('No'))),
    ),
    bad: beside(
      at('1', paper('', icon('print'), 'Print a form')),
      at('2', paper('', icon('person'), 'Copy of passport')),
      at('3', paper('', icon('clock'), here('Remind us after a month'))),
    ),
  },
  D13: {
    good: one(
      'Trip',
      strong('Travel insurance for £19?'),
      here(row(round(false, 'Yes'), round(false, 'No'))),
      main('Go on'),
    ),
    bad: one(
      'Trip',
      spread('More options', icon('minus')),
      card(here(box(true, 'Travel insurance, £19'))),
      quiet('This part is shut at first.'),
      main('Go on'),
    ),
  },
  D14: {
    good: one(
      'Basket',
      spread('Laptop', '£700'),
      here(card(spread('Warranty, 3 years, £79', button('Add')))),
      spread(strong('Total'), strong('£700')),
    ),
    bad: one(
      'Basket',
      spread('Laptop', '£700'),
      here(spread('Warranty, 3 years', '£79')),
      spread(strong('Total'), strong('£779')),
      says('I never chose that.'),
    ),
  },
  D15: {
    good: one('Account', field('Email', 'ana@shop.com'), here(box(false, 'Send me offers by email'))),
    bad: one(
      'Account',
      field('Email', 'ana@shop.com'),
      here(box(true, 'Untick this if you would rather not miss our offers')),
    ),
  },
  D16: {
    good: one(
      'Cookies',
      strong('May we measure your visit?'),
      bars(1),
      here(columns(button('Accept'), button('Refuse'))),
    ),
    bad: one(
      'Cookies',
      strong('May we measure your visit?'),
      bars(1),
      main('          Accept all          '),
      spread('', here(pale('Refuse'))),
    ),
  },
};
