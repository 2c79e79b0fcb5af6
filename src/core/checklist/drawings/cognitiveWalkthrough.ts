import {
  bars,
  beside,
  button,
  card,
  type DrawnItem,
  done,
  field,
  gap,
  here,
  icon,
  inTurn,
  main,
  one,
  page,
  phone,
  pointed,
  quiet,
  row,
  says,
  steps,
  title,
  touched,
} from './scene';

/** The drawings of the four questions of a cognitive walkthrough. */
export const cognitiveWalkthrough: Record<string, DrawnItem> = {
  CW1: {
    good: inTurn(
      page('Seat', row(icon('check'), 'Seat 14 A'), here('Next: who is travelling?')),
      page('Travellers', field('Name', '', 'focus')),
    ),
    bad: inTurn(
      page('Seat', row(icon('check'), 'Seat 14 A')),
      page('?', here(title('Set up a travel group')), field('Group name')),
    ),
  },
  CW2: {
    good: one('Travellers', card('Ana Weber'), card('Tom Weber'), here(button('Add traveller', 'plus'))),
    bad: beside(phone('Travellers', card('Ana Weber'), card('Tom Weber'), here(touched(card(gap(10)))))),
  },
  CW3: {
    good: one('Your booking', bars(2), here(pointed(button('Change travel date', 'calendar'))), bars(1)),
    bad: one(
      'Your booking',
      bars(2),
      row(button('Manage extras'), here(pointed(main('New booking')))),
      says('To change the date… this one?'),
    ),
  },
  CW4: {
    good: one(
      'Your trip',
      steps(3, 'Trip', 'Date', 'Seat', 'Pay'),
      here(done('Date changed')),
      card('Leeds to York, 14 May'),
    ),
    bad: inTurn(
      page('Your trip', field('New date', '14 May'), pointed(main('Change'))),
      page('Your trip', bars(1), here(card('Leeds to York, 9 May')), quiet('the old date')),
    ),
  },
};
