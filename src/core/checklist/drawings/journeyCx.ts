import {
  at,
  bare,
  bars,
  beside,
  button,
  card,
  chat,
  type DrawnItem,
  done,
  fault,
  field,
  gap,
  here,
  icon,
  inTurn,
  main,
  one,
  page,
  paper,
  phone,
  phoned,
  picture,
  pointed,
  quiet,
  row,
  says,
  spread,
  stack,
  steps,
  strong,
} from './scene';

/** The drawings of the checklist for a customer's journey over all channels. */
export const journeyCx: Record<string, DrawnItem> = {
  J01: {
    good: beside(
      page('Site', picture(20, 'box'), here(strong('£49')), 'in 2 days'),
      at('Email', paper('', here('in 2 days'), bars(2))),
      at('Shop', paper('', picture(20, 'shop'), here(strong('£49')))),
    ),
    bad: beside(
      page('Site', picture(20, 'box'), strong('£49'), here('in 2 days')),
      at('Email', paper('', here('in 5 days'), bars(2))),
      at('Shop', paper('', picture(20, 'shop'), here(strong('£59')))),
    ),
  },
  J02: {
    good: beside(
      page('Appointment', row(icon('flower'), strong('Rose Dental')), 'See you on Monday, Ana!'),
      at('Reminder', paper('', here(row(icon('flower'), strong('Rose Dental'))), 'See you tomorrow, Ana!')),
    ),
    bad: beside(
      page('Appointment', row(icon('flower'), strong('Rose Dental')), 'See you on Monday, Ana!'),
      at('Reminder', paper('', here(quiet('From: noreply-77')), quiet('Customer 4711 shall attend the appointment.'))),
    ),
  },
  J03: {
    good: inTurn(
      phone('', strong('Claim'), row(picture(26), picture(26)), button('Later')),
      page('Claim', here(stack(row(icon('check'), 'Your 2 photos'), row(picture(26), picture(26)))), main('Go on')),
    ),
    bad: inTurn(
      phone('', strong('Claim'), row(picture(26), picture(26)), button('Later')),
      page('Claim', here(stack(field('What happened?'), field('Photos'))), quiet('all over again')),
    ),
  },
  J04: {
    good: beside(
      page('Page', 'Booking', here(strong('K7-2291'))),
      at('Email', paper('', 'Booking', here(strong('K7-2291')))),
      at('Invoice', paper('', 'Booking', here(strong('K7-2291')))),
    ),
    bad: beside(
      at('Email', paper('', here('Booking'), strong('K7-2291'))),
      at('Invoice', paper('', here('Contract'), strong('88 204'))),
      at('Desk', bare(gap(4), says('Your customer number?'))),
    ),
  },
  J05: {
    good: inTurn(
      at('Today', bare(gap(6), row(icon('tool'), 'The technician leaves.'))),
      phone('', here(done('Repair done.')), 'The invoice follows by Friday.'),
    ),
    bad: inTurn(
      at('Today', bare(gap(6), row(icon('tool'), 'The technician leaves.'))),
      at('Weeks later', bare(gap(6), here(quiet('nothing')))),
      at('A month later', paper('', strong('Invoice'), bars(2))),
    ),
  },
  J06: {
    good: one(
      'Lamp',
      strong('Sold out until June'),
      here(button('Tell me when it is back', 'bell')),
      'Similar lamps:',
      row(picture(24, 'box'), picture(24, 'box'), picture(24, 'box')),
    ),
    bad: one('Lamp', gap(10), here(strong('Not available')), gap(24)),
  },
  J07: {
    good: one(
      'Your application',
      steps(2, 'Sent', 'Check', 'Answer'),
      here('We check your papers by 12 March and then write to you. You need not do anything until then.'),
    ),
    bad: inTurn(
      at('Week 1', page('', 'Your application is being processed')),
      at('Week 3', page('', here('Your application is being processed'))),
    ),
  },
  J08: {
    good: inTurn(
      page('Help', here(chat('Is it about order 48213?')), says('Yes!')),
      at('By phone', bare(gap(4), phoned('I can see your chat about 48213.'))),
    ),
    bad: inTurn(
      page('Help', chat('Please call the hotline.')),
      at('By phone', bare(gap(4), here(phoned('Name? Order? What is the problem?')))),
    ),
  },
  J09: {
    good: inTurn(
      at('Advert', paper('', row(icon('clock'), strong('Ready in ten minutes')))),
      at('At home', bare(picture(28, 'box'), here(row(icon('clock'), '10 minutes')))),
    ),
    bad: inTurn(
      at('Advert', paper('', row(icon('clock'), strong('Ready in ten minutes')))),
      at('At home', paper('', here(fault('First book an installer')), bars(1))),
    ),
  },
  J10: {
    good: one(
      'Your orders',
      spread('Lamp, 3 May', here(pointed(button('Return')))),
      card(row(icon('print'), 'Label to print'), row(icon('calendar'), 'Refund by 14 May')),
    ),
    bad: beside(
      at('Buying', page('', row('1', button('Basket')), row('2', main('Pay')))),
      at(
        'Returning',
        paper(
          '',
          here(
            stack(
              row(icon('phone'), 'Call us'),
              row(icon('print'), 'Print a form'),
              row(icon('box'), 'Pay the parcel'),
            ),
          ),
        ),
      ),
    ),
  },
  J11: {
    good: inTurn(
      at('2 days after', phone('', 'Did all go well?', row(icon('star'), icon('star')), quiet('Too slow.'))),
      at('within a day', paper('', here('Dear Ana, we are sorry. This is what we do now: …'), quiet('Tom, support'))),
    ),
    bad: one(
      'Shop',
      bars(1),
      here(card(strong('Our survey: question 1 of 30'), bars(2), row(main('Next'), button('Later')))),
      quiet('… and nobody ever replies.'),
    ),
  },
  J12: {
    good: beside(
      at('Company', paper('', here('1 invoice, 10 seats'), bars(1))),
      at('Colleague', paper('', here(strong('You are invited')), '1. Sign in', '2. First steps')),
    ),
    bad: inTurn(
      at('Buyer', paper('', 'Invoice', 'Passwords', 'Manuals', here(quiet('to forward by hand')))),
      at('10 colleagues', bare(gap(4), icon('people'), says('Where do I sign in?'))),
    ),
  },
};
