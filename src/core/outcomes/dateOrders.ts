/** What the numbers of a date mean where its writing leaves that open. `month and year`: Jan-26 is January 2026. */
export const dateOrders = ['day first', 'month first', 'year first', 'month and year'] as const;
export type DateOrder = (typeof dateOrders)[number];
