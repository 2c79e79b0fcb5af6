import {
  at,
  bars,
  beside,
  button,
  card,
  code,
  columns,
  type DrawnItem,
  dialog,
  fault,
  field,
  focused,
  gap,
  here,
  icon,
  info,
  inTurn,
  key,
  link,
  list,
  main,
  one,
  over,
  page,
  phone,
  picture,
  pointed,
  quiet,
  row,
  says,
  stack,
  strong,
  title,
  toggle,
  touched,
} from './scene';

const week = row(button('13'), focused(button('14')), button('15'), button('16'));

/** The drawings of the success criteria of WCAG 2.2 about operating. */
export const wcagOperable: Record<string, DrawnItem> = {
  '2.1.1': {
    good: one(
      'Booking',
      list('Date', '14 May'),
      week,
      here(row(key('Enter'), quiet('opens'), key('←'), key('→'), quiet('move'))),
    ),
    bad: one(
      'Booking',
      here(pointed(list('Date', ''))),
      row(key('Enter'), key('1'), quiet('do nothing: it needs a mouse')),
    ),
  },
  '2.1.2': {
    good: one(
      'Editor',
      here(info('Press Esc, then Tab to leave.')),
      card(code('if (open) {'), code('    go();')),
      row(key('Esc'), key('Tab'), focused(button('Save'))),
    ),
    bad: one(
      'Editor',
      focused(card(code('if (open) {'), code('        go();'))),
      here(row(key('Tab'), key('Tab'), key('Tab'), quiet('only indents'))),
      button('Save'),
    ),
  },
  '2.1.4': {
    good: one(
      'Settings',
      here(toggle(false, 'Shortcuts of a single key')),
      row(key('?'), quiet('opens the help')),
      row(key('E'), quiet('archives')),
    ),
    bad: one('Mail', says('Dear Eve …'), here(row(key('E'), icon('right'), 'archived!')), bars(1)),
  },
  '2.2.1': {
    good: one(
      'Form, 13 minutes',
      field('Message', 'Dear team, …'),
      here(dialog(row(icon('clock'), '2 minutes left.'), main('Stay signed in'))),
    ),
    bad: inTurn(
      at('14 minutes', page('Form', field('Message', 'Dear team, …'))),
      at('15 minutes', page('Sign in', here(fault('Signed out')), quiet('all is gone'))),
    ),
  },
  '2.2.2': {
    good: one('Home', picture(40), row(here(button('Pause', 'pause')), quiet('2 of 5'))),
    bad: one('Home', picture(40), here(row(icon('right'), quiet('next one every 4 seconds, without end')))),
  },
  '2.4.1': {
    good: one(
      'Shop',
      here(focused(button('Skip to content'))),
      row(link('Men'), link('Women'), link('Kids'), quiet('… 40 links')),
      title('Lamps'),
    ),
    bad: one(
      'Shop',
      here(row(focused(link('Men')), link('Women'), link('Kids'), quiet('… 40'))),
      row(key('Tab'), quiet('40 times, then:')),
      title('Lamps'),
    ),
  },
  '2.4.2': {
    good: one(
      'Order 4711, delivery - Shop',
      here(quiet('Tab: Order 4711, delivery - Shop')),
      title('Delivery'),
      bars(1),
    ),
    bad: beside(
      page('Home', here(quiet('Tab: Home')), title('Delivery')),
      page('Home', here(quiet('Tab: Home')), title('Basket')),
      page('Home', here(quiet('Tab: Home')), title('Lamps')),
    ),
  },
  '2.4.3': {
    good: one(
      'Shop',
      row(button('Filter')),
      dialog(here(focused(field('1  Colour'))), row(button('2  Apply'), button('3  Close'))),
    ),
    bad: one(
      'Shop',
      row(button('Filter'), here(row(focused(link('Men')), link('Women')))),
      dialog(field('Colour'), row(button('Apply'), button('Close'))),
    ),
  },
  '2.4.4': {
    good: one('Help', here(link('Delivery times for Norway')), link('Delivery times for Sweden')),
    bad: one('Help', here(columns(card(link('Click here')), card(link('Click here')), card(link('Click here'))))),
  },
  '2.4.5': {
    good: one(
      'Help',
      row(here(row(icon('search'), 'guide')), here('Menu > Help')),
      icon('down'),
      card(strong('The guide')),
    ),
    bad: one('Other article', bars(3), here(link('guide')), icon('down'), card(strong('The guide'))),
  },
  '2.4.6': {
    good: one(
      'Checkout',
      columns(
        stack(here(strong('Delivery address')), field('Street')),
        stack(here(strong('Billing address')), field('Street')),
      ),
    ),
    bad: one(
      'Checkout',
      columns(stack(here(strong('Section 1')), field('Street')), stack(here(strong('Section 2')), field('Street'))),
    ),
  },
  '2.4.7': {
    good: one('Form', field('Name', 'Ana'), row(button('Back'), here(focused(button('Save'))), button('Send'))),
    bad: one(
      'Form',
      field('Name', 'Ana'),
      here(row(button('Back'), button('Save'), button('Send'))),
      says('Where am I?'),
    ),
  },
  '2.4.11': {
    good: one('News', link('Weather'), here(focused(link('Sports'))), dialog('We use cookies.', main('OK'))),
    bad: one(
      'News',
      link('Weather'),
      over(stack(gap(10), row('  ', focused(link('Sports'))), gap(22)), here(dialog('We use cookies.', main('OK')))),
      quiet('The focus is behind it.'),
    ),
  },
  '2.5.1': {
    good: beside(phone('', picture(50, 'map'), here(row(touched(button('', 'plus')), button('', 'minus'))))),
    bad: beside(phone('', picture(50, 'map'), here(row(icon('pinch'), quiet('only by two fingers'))))),
  },
  '2.5.2': {
    good: inTurn(
      at('press', phone('', card('Letter'), touched(button('Delete')))),
      at('slide off', phone('', card('Letter'), row(button('Delete'), touched(gap(10))), here('still there'))),
    ),
    bad: inTurn(
      at('before', phone('', card('Letter'), button('Delete'))),
      at('press', phone('', here(quiet('gone at once')), touched(button('Delete')))),
    ),
  },
  '2.5.3': {
    good: one('Form', main('Send'), code('name: Send message'), here(row(says('click Send'), icon('check')))),
    bad: one('Form', main('Send'), code('name: Submit form'), here(row(says('click Send'), quiet('nothing happens')))),
  },
  '2.5.4': {
    good: beside(
      phone('', row(icon('shake'), quiet('undoes')), here(button('Undo', 'left')), here(toggle(false, 'Shaking'))),
    ),
    bad: beside(phone('', here(row(icon('shake'), 'only shaking undoes')), bars(2))),
  },
  '2.5.7': {
    good: one(
      'Board',
      columns(
        stack(strong('To do'), card('Call Tom', here(list('', 'Move to')))),
        stack(strong('Done'), card('Invoice')),
      ),
    ),
    bad: one(
      'Board',
      columns(
        stack(strong('To do'), here(card(row(icon('drag'), 'Call Tom')))),
        stack(strong('Done'), card('Invoice')),
      ),
      quiet('only by dragging'),
    ),
  },
  '2.5.8': {
    good: one(
      'Text',
      here(row(button('', 'search'), gap(1), button('', 'print'), gap(1), button('', 'bin'))),
      quiet('20 px wide, 8 px between them'),
    ),
    bad: one(
      'Text',
      here(touched(row(icon('search'), icon('print'), icon('bin')))),
      quiet('16 px wide, 2 px between them'),
    ),
  },
};
