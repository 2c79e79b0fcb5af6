import {
  at,
  bareField,
  bars,
  beside,
  button,
  card,
  columns,
  type DrawnItem,
  dialog,
  done,
  fault,
  field,
  focused,
  gap,
  grid,
  here,
  hinted,
  icon,
  info,
  inTurn,
  link,
  list,
  main,
  off,
  one,
  over,
  page,
  phone,
  pointed,
  quiet,
  row,
  says,
  spread,
  stack,
  steps,
  strong,
  title,
  touched,
} from './scene';

const letters = grid(['q', 'w', 'e', 'r', 't', 'y'], ['a', 's', 'd', 'f', 'g', 'h']);
const digits = grid(['1', '2', '3'], ['4', '5', '6'], ['7', '8', '9']);

/** The drawings of the checklist for forms and checkout. */
export const formsCheckout: Record<string, DrawnItem> = {
  FC01: {
    good: one('Basket', title('How do you want to go on?'), here(columns(button('As a guest'), button('Sign in')))),
    bad: inTurn(
      page('Basket', bars(2), pointed(main('Go on'))),
      page('Account', here(stack(title('Create your account'), field('Password'))), main('Create')),
    ),
  },
  FC02: {
    good: inTurn(
      page('Basket', spread('Goods', '£40'), spread('Delivery', '£4'), here(spread(strong('Total'), strong('£44')))),
      page('Payment', field('Card number'), here(spread(strong('Total'), strong('£44')))),
    ),
    bad: inTurn(
      page('Basket', spread('Goods', '£40'), gap(14), spread(strong('Total'), strong('£40'))),
      page(
        'Payment',
        field('Card number'),
        here(stack(spread('Delivery', '£4'), spread('Service', '£3'))),
        spread(strong('Total'), strong('£47')),
      ),
    ),
  },
  FC03: {
    good: one(
      'Checkout',
      here(strong('Step 2 of 4: Delivery')),
      steps(2, 'Basket', 'Delivery', 'Payment', 'Check'),
      link('Back to Basket'),
    ),
    bad: inTurn(
      page('Form', field('Street'), button('Back', 'left')),
      page('Form', gap(4), here(fault('This form has expired'))),
    ),
  },
  FC04: {
    good: one('Newsletter', field('Email'), here(field('First name (optional)')), main('Subscribe')),
    bad: one(
      'Newsletter',
      field('Email *'),
      here(stack(columns(field('Title *'), field('Birthday *')), field('Phone *'))),
      main('Subscribe'),
    ),
  },
  FC05: {
    good: inTurn(
      page('Address', field('House number', '', 'focus')),
      page('Address', here(field('House number', '12 b', 'focus'))),
    ),
    bad: inTurn(
      page('Address', hinted('House number')),
      page('Address', here(bareField('1', 'focus')), quiet('label is gone')),
    ),
  },
  FC06: {
    good: beside(
      phone('', touched(field('Phone', '', 'focus')), here(digits)),
      phone('', field('Address', '8 Mill Lane, York'), here(touched(button('My address')))),
    ),
    bad: beside(
      phone('', touched(field('Phone', '', 'focus')), here(letters)),
      phone('', here(field('Street', 'York')), field('Town'), button('My address')),
    ),
  },
  FC07: {
    good: inTurn(
      page('Contact', field('Phone', '+44 20 7946 0000'), field('Phone', '020-7946-0000')),
      page('Contact', here(stack(row(icon('check'), '020 7946 0000'), row(icon('check'), '020 7946 0000')))),
    ),
    bad: one('Contact', field('Phone', '020 7946 0000', 'error'), here(fault('Digits only'))),
  },
  FC08: {
    good: one(
      'Delivery',
      field('Phone'),
      here(quiet('Only for the driver, in case they cannot find you on the day.')),
      main('Go on'),
    ),
    bad: one('Delivery', here(field('Phone (required)')), says('Who will call me, and why?'), main('Go on')),
  },
  FC09: {
    good: one(
      'Address',
      field('Postcode', 'AB1', 'error'),
      here(fault('The last part is missing. A full postcode looks like AB1 2CD.')),
    ),
    bad: one('Address', here(field('Postcode', 'AB1', 'error')), main('Go on')),
  },
  FC10: {
    good: one(
      'Form, moved up to its top',
      here(dialog(strong('There are 2 problems'), link('Enter a postcode'), link('Choose a date'))),
      field('Postcode', '', 'error'),
    ),
    bad: one(
      'Form, still at its end',
      bars(2),
      here(pointed(main('Send'))),
      quiet('Both errors are two screens further up.'),
    ),
  },
  FC11: {
    good: inTurn(
      page('Send', field('Name', 'Ana'), field('Email', 'ana@', 'plain'), main('Send')),
      page('Send again', here(field('Name', 'Ana')), field('Email', 'ana@', 'error'), main('Send')),
    ),
    bad: inTurn(
      page('Send', field('Message', 'Dear team, …'), field('File', 'plan.pdf'), main('Send')),
      page('Send again', here(stack(field('Message'), field('File'))), quiet('all gone')),
    ),
  },
  FC12: {
    good: inTurn(
      at('while you type', page('', field('Email', 'an', 'focus'))),
      at('when you move on', page('', field('Email', 'ana@shop', 'error'), here(fault('Add .com or alike')))),
    ),
    bad: inTurn(
      at('first letter', page('', field('Email', 'a', 'error'), here(fault('Invalid address')))),
      at('still typing', page('', field('Email', 'ana@sh', 'error'), fault('Invalid address'))),
    ),
  },
  FC13: {
    good: one(
      'Address',
      field('Find your address', '8 Mi', 'focus'),
      grid(['8 Mill Lane, York'], ['8 Mint Road, York']),
      here(link('Enter the address by hand')),
    ),
    bad: one(
      'Address',
      field('Find your address', '3 New Street', 'focus'),
      here(fault('Choose an address from the list.')),
      off('Go on'),
    ),
  },
  FC14: {
    good: one(
      'Basket',
      spread('2 items', strong('£44')),
      here(card('We accept:', columns(button('Card', 'card'), button('Transfer'), button('Invoice')))),
      quiet('Invoice from your second order'),
    ),
    bad: inTurn(
      page('Step 1', field('Name', 'Ana'), field('Street', '8 Mill')),
      page('Step 3', field('Town', 'York'), field('Date', '14 May')),
      page('Pay', here(stack(icon('card'), 'Card A only'))),
    ),
  },
  FC15: {
    good: one(
      'Payment',
      here(
        stack(
          field('1  Card number', '4000 1234 5678 9010'),
          columns(field('2  Expiry MM/YY', '04/29'), field('3  Security code', '123')),
        ),
      ),
      row(icon('card'), quiet('on the back of the card')),
    ),
    bad: one(
      'Payment',
      here(
        stack(
          columns(field('1  Security code'), list('2  Expiry', 'April')),
          field('3  Card number', '4000123456789010'),
        ),
      ),
    ),
  },
  FC16: {
    good: one(
      'Check your order',
      spread('2 items, £44', here(link('Change'))),
      spread('8 Mill Lane, York', here(link('Change'))),
      spread('Card ending 9010', here(link('Change'))),
      main('Place order and pay'),
    ),
    bad: one(
      'Your order',
      here(stack('2 items, £44', '8 Mill Lain, York', 'Card ending 9010')),
      main('Order'),
      quiet('A wrong address? Start again.'),
    ),
  },
  FC17: {
    good: inTurn(
      page('Order', bars(1), pointed(main('Place order'))),
      page('Order', bars(1), here(off('Placing your order…'))),
    ),
    bad: inTurn(
      page('Order', bars(1), pointed(main('Place order'))),
      at('6 seconds', page('Order', bars(1), pointed(here(main('Place order'))))),
      page('Orders', here(stack('Order 1', 'Order 2', 'Order 3'))),
    ),
  },
  FC18: {
    good: one(
      'Done',
      here(done('Order 48213 is placed.')),
      'It leaves us on Tuesday, and a copy of this page is in your inbox.',
    ),
    bad: one('Done', here(title('Thank you!')), link('Home page'), gap(14)),
  },
  FC19: {
    good: beside(
      at('100%', page('', columns(field('Name'), field('Town')), bars(2))),
      at('400%', page('', field('Name', 'Ana'), here(focused(field('Town'))))),
    ),
    bad: beside(
      at('100%', page('', columns(field('Name'), field('Town')), bars(2))),
      at(
        '400%',
        page(
          '',
          over(stack(field('Name', 'Ana'), field('Town'), gap(4)), here(dialog(strong('Offers today!'), gap(4)))),
        ),
      ),
    ),
  },
  FC20: {
    good: inTurn(
      at('today', page('Basket', row(icon('basket'), '3 items'), bars(2))),
      at(
        'next day',
        page('Basket', here(row(icon('basket'), '3 items')), info('One price has changed since yesterday')),
      ),
    ),
    bad: inTurn(
      at('today', page('Basket', row(icon('basket'), '3 items'), bars(2))),
      at('next day', page('Basket', here(row(icon('basket'), 'empty')), hinted('Search again …'))),
    ),
  },
};
