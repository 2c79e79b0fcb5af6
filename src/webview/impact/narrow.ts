import { redraw } from '../shared/draw';

/** Where two columns would leave too little of each. */
export const narrow = matchMedia('(max-width: 700px)');
narrow.addEventListener('change', redraw);
