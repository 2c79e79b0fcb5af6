import { HumanError } from '../core/errors';

/** A parser of whole numbers for an option. @throws HumanError `number-invalid` */
export function wholeNumber(option: string, least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new HumanError('usage', 'number-invalid', {
      what: `${option} takes a whole number from ${least} to ${most}, not "${text}".`,
      next: 'Correct it and try again.',
    });
  };
}
