/** A browser alone loads no pages and runs no programs. */
export const hasMachine = false;
