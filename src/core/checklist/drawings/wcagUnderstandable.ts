import {
  bareField,
  bars,
  beside,
  box,
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
  hinted,
  icon,
  inTurn,
  key,
  link,
  list,
  main,
  one,
  page,
  pointed,
  quiet,
  reads,
  row,
  spread,
  stack,
  strong,
  title,
  toggle,
} from './scene';

/** The drawings of the success criteria of WCAG 2.2 about understanding, and about assistive technology. */
export const wcagUnderstandable: Record<string, DrawnItem> = {
  '3.1.1': {
    good: one('Startseite', code('lang="de"'), title('Guten Tag!'), here(reads('Guten Tag!'))),
    bad: one('Startseite', code('lang="en"'), title('Guten Tag!'), here(reads('Gatten tagg!'))),
  },
  '3.1.2': {
    good: one('Languages', link('English'), row(link('Français'), code('lang="fr"')), here(reads('Franssay'))),
    bad: one(
      'Article',
      'She wrote:',
      row(strong('« Je vais bien. »'), code('no lang')),
      here(reads('Jee vayss bee-en.')),
    ),
  },
  '3.2.1': {
    good: one('Form', key('Tab'), focused(field('Date')), here(quiet('Day, month, year, such as 31 12 2026'))),
    bad: one(
      'Form',
      key('Tab'),
      field('Date'),
      here(focused(dialog(strong('Choose a date'), row(button('13'), button('14'), button('15'))))),
    ),
  },
  '3.2.2': {
    good: one('Shop', row(list('', 'Deutsch'), here(pointed(main('Apply')))), bars(2)),
    bad: inTurn(
      page('Shop', key('↓'), focused(list('', 'Deutsch'))),
      page('Laden', here(strong('A new page at once')), bars(1)),
    ),
  },
  '3.2.3': {
    good: beside(
      page('Home', here(stack('1 Search', '2 Account', '3 Basket'))),
      page('Product', here(stack('1 Search', '2 Account', '3 Basket'))),
    ),
    bad: beside(
      page('Home', stack('1 Search', '2 Account', '3 Basket')),
      page('Product', here(stack('1 Basket', '2 Search', '3 Account'))),
    ),
  },
  '3.2.4': {
    good: beside(page('Shop', here(field('Search')), bars(1)), page('Help', here(field('Search')), bars(1))),
    bad: beside(page('Shop', here(field('Search')), bars(1)), page('Help', here(field('Find')), bars(1))),
  },
  '3.2.6': {
    good: beside(
      page('Shop', row(bars(1), here(link('Help'))), card(bars(2))),
      page('Checkout', row(bars(1), here(link('Help'))), card(bars(2))),
    ),
    bad: beside(
      page('Shop', row(bars(1), here(link('Help'))), card(bars(2))),
      page('Checkout', bars(1), card(bars(2)), here(link('Help'))),
    ),
  },
  '3.3.1': {
    good: one(
      'Form',
      field('Email', 'ana.shop.com', 'error'),
      here(fault('The email address has no @ sign.')),
      main('Send'),
    ),
    bad: one('Form', here(field('Email', 'ana.shop.com', 'error')), gap(4), pointed(main('Send'))),
  },
  '3.3.2': {
    good: one('Form', here(field('Date of birth (day, month, year)', '31', 'focus'))),
    bad: inTurn(page('Form', hinted('Date')), page('Form', here(bareField('3', 'focus')), quiet('Which date? How?'))),
  },
  '3.3.3': {
    good: one(
      'Form',
      field('Date', '2026/31/12', 'error'),
      here(fault('Enter the date as day, month, year, such as 31 12 2026.')),
    ),
    bad: one('Form', field('Date', '2026/31/12', 'error'), here(fault('Invalid input.'))),
  },
  '3.3.4': {
    good: one(
      'Check',
      here(
        stack(spread('2 items', link('Edit')), spread('8 Mill Lane', link('Edit')), spread('Total £44', link('Edit'))),
      ),
      main('Pay now'),
    ),
    bad: inTurn(
      page('Pay', field('Card number', '4000 12…', 'focus')),
      page('Done', here(strong('Ordered!')), quiet('no way back')),
    ),
  },
  '3.3.7': {
    good: one('Billing', here(box(true, 'Same as delivery address')), main('Go on')),
    bad: inTurn(
      page('Delivery', field('Street', '8 Mill Lane'), field('Town', 'York')),
      page('Billing', here(stack(field('Street', '', 'focus'), field('Town')))),
    ),
  },
  '3.3.8': {
    good: one(
      'Sign in',
      here(row(field('Password', '••••••••'), key('Paste'))),
      columns(field('Code', '482 913'), button('Use a passkey', 'passkey')),
    ),
    bad: one(
      'Sign in',
      here(columns(field('2nd letter'), field('5th'), field('7th'))),
      row(key('Paste'), quiet('is blocked')),
    ),
  },
  '4.1.2': {
    good: one('Lamps', toggle(true, 'In stock only'), here(reads('In stock only, switch, on'))),
    bad: one('Lamps', toggle(true, 'In stock only'), here(reads('In stock only'))),
  },
  '4.1.3': {
    good: one('Lamps', focused(list('Colour', 'Red')), '24 products', here(reads('24 products found'))),
    bad: one('Lamps', focused(list('Colour', 'Red')), '24 products', here(row(icon('mute'), quiet('(silence)')))),
  },
};
