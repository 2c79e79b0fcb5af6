import {
  at,
  bareField,
  bars,
  beside,
  big,
  button,
  card,
  code,
  columns,
  cut,
  type DrawnItem,
  dialog,
  fault,
  field,
  gap,
  grid,
  here,
  icon,
  inTurn,
  key,
  link,
  main,
  one,
  over,
  page,
  pale,
  phone,
  picture,
  pointed,
  quiet,
  reads,
  row,
  sound,
  spread,
  stack,
  strong,
  table,
  title,
  turned,
} from './scene';

const player = (...below: Parameters<typeof stack>) => stack(picture(40, 'film'), ...below);
const podcast = row(icon('play'), icon('speaker'), bars(1));

/** The drawings of the success criteria of WCAG 2.2 about perceiving. */
export const wcagPerceivable: Record<string, DrawnItem> = {
  '1.1.1': {
    good: one(
      'Shop',
      row(button('', 'search'), here(reads('Search, button'))),
      row(icon('flower'), quiet('ornament: skipped')),
    ),
    bad: one(
      'Shop',
      row(button('', 'search'), here(reads('button'))),
      row(icon('flower'), here(reads('divider-final-2.png'))),
    ),
  },
  '1.2.1': {
    good: one('Podcast', podcast, here(link('Full transcript')), quiet('Ana: Welcome! [door shuts] Tom: …')),
    bad: one('Podcast', podcast, here(quiet('Two friends talk about bread. Listen in!')), gap(8)),
  },
  '1.2.2': {
    good: one(
      'Tutorial',
      player(here(strong('Now press Save in Fotomat. [error tone]'))),
      sound('Now press Save in Fotomat. BEEP'),
    ),
    bad: one(
      'Tutorial',
      player(here(strong('Now press safe in photo matt.'))),
      sound('Now press Save in Fotomat. BEEP'),
    ),
  },
  '1.2.3': {
    good: one(
      'Cooking',
      columns(
        picture(52, 'film'),
        here(stack(strong('In words'), quiet('1. Put 200 g flour into a bowl.'), quiet('2. Stir.'))),
      ),
    ),
    bad: one('Cooking', over(picture(76, 'film'), stack(here(strong('200 g flour')))), sound('music only')),
  },
  '1.2.4': {
    good: one('LIVE: product launch', player(here(strong('… and it weighs only 900 grams.')))),
    bad: one('LIVE: product launch', player(here(quiet('No captions. They come tomorrow.')))),
  },
  '1.2.5': {
    good: one(
      'Assembly',
      picture(40, 'film'),
      sound('Put this here.'),
      here(sound('She slides the long panel into the left side.')),
    ),
    bad: one('Assembly', picture(40, 'film'), here(sound('Put this here.')), quiet('What? Where? Nobody says.')),
  },
  '1.3.1': {
    good: one(
      'Prices',
      here(row(title('Tickets'), code('h2'))),
      table(['Who', 'Price'], ['Adult', '£9'], ['Child', '£4']),
      reads('Row 2, Who: Adult, Price: £9'),
    ),
    bad: one(
      'Prices',
      here(row(title('Tickets'), code('bold text'))),
      grid(['Who', 'Price'], ['Adult', '£9'], ['Child', '£4']),
      reads('Adult. £9. Child. £4.'),
    ),
  },
  '1.3.2': {
    good: one(
      'Shop',
      columns(card(strong('Lamp'), '£49'), card(strong('Chair'), '£80')),
      here(reads('Lamp, £49. Chair, £80.')),
    ),
    bad: one(
      'Shop',
      columns(card(strong('Lamp'), '£49'), card(strong('Chair'), '£80')),
      here(reads('Lamp. Chair. £49. £80.')),
    ),
  },
  '1.3.3': {
    good: one('Form', here('Press Continue, the green button on the right.'), spread(button('Back'), main('Continue'))),
    bad: one('Form', here('Press the green button on the right.'), spread(button('Back'), main('Continue'))),
  },
  '1.3.4': {
    good: beside(
      phone('', field('Name'), field('Town')),
      at('sideways', turned('', here(columns(field('Name'), field('Town'))), bars(1))),
    ),
    bad: beside(
      phone('', field('Name'), field('Town')),
      at('sideways', turned('', here(row(icon('turn'), 'Please rotate your device')), gap(10))),
    ),
  },
  '1.3.5': {
    good: one('Sign up', field('Email', '', 'focus'), here(card('ana@shop.com')), code('autocomplete="email"')),
    bad: one(
      'Sign up',
      here(field('Email', 'an', 'focus')),
      quiet('No suggestion: all is typed again.'),
      code('autocomplete="off"'),
    ),
  },
  '1.4.1': {
    good: one('Form', field('Name', 'Ana'), field('Date', '', 'error'), here(fault('Enter a date'))),
    bad: one(
      'Form',
      field('Name', 'Ana'),
      here(field('Date', '', 'error')),
      quiet('Without colour, both look the same.'),
    ),
  },
  '1.4.2': {
    good: one('Hotel', picture(24), here(row(button('Play', 'play'), quiet('music off'))), bars(1)),
    bad: one('Hotel', picture(24), here(sound('la la la la la')), quiet('plays at once, with no button to stop it')),
  },
  '1.4.3': {
    good: one('Text', here('Text that stands out'), bars(1)),
    bad: one('Text', here(pale('Text that hardly stands out')), bars(1)),
  },
  '1.4.4': {
    good: beside(
      at('100 %', page('', button('Add to basket'))),
      at('200 %', page('', here(dialog(big('Add to basket'))))),
    ),
    bad: beside(
      at('100 %', page('', button('Add to basket'))),
      at('200 %', page('', here(dialog(cut('Add to basket', 'big'))))),
    ),
  },
  '1.4.5': {
    good: one(
      'Sale',
      card(row(here(pointed(strong('Half price till Sunday'))), picture(24))),
      quiet('The words can be selected.'),
    ),
    bad: one('Sale', here(picture(44)), quiet('Offer, price and small print are all inside the picture.')),
  },
  '1.4.10': {
    good: beside(
      page('wide', columns(card(bars(2)), card(bars(2)), card(bars(2)))),
      at('320 px', phone('', here(stack(card(bars(1)), card(bars(1)), card(bars(1)))))),
    ),
    bad: beside(
      page('wide', columns(card(bars(2)), card(bars(2)), card(bars(2)))),
      at(
        '320 px',
        phone(
          '',
          'This line goes on to',
          here(row(icon('left'), bars(1), icon('right'))),
          quiet('sideways, each line'),
        ),
      ),
    ),
  },
  '1.4.11': {
    good: one('Form', here(bareField()), quiet('Border: 4.5 to 1'), main('Send')),
    bad: one('Form', here(bareField('', 'faint')), quiet('Border: 1.3 to 1'), main('Send')),
  },
  '1.4.12': {
    good: one(
      'Wider spacing',
      here(columns(card(strong('L a m p'), 'W a r m', 'l i g h t'), card(strong('C h a i r'), 'O a k ,', 's o l i d'))),
    ),
    bad: one(
      'Wider spacing',
      here(columns(card(strong('L a m p'), cut('W a r m')), card(strong('C h a i r'), cut('O a k ,')))),
    ),
  },
  '1.4.13': {
    good: one(
      'Form',
      row('Tax number', icon('help')),
      here(pointed(dialog('Eleven digits, on your last letter'))),
      row(key('Esc'), quiet('closes it')),
    ),
    bad: inTurn(
      page('Form', row('Tax no.', pointed(icon('help'))), dialog('Eleven digits …')),
      page('Form', row('Tax no.', icon('help')), here(quiet('gone'))),
    ),
  },
};
