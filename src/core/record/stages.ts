/** The five stages of a customer's path. */
export const stages = ['awareness', 'consideration', 'purchase', 'retention', 'advocacy'] as const;
export type Stage = (typeof stages)[number];
