/** Whether there is a machine that loads pages and runs programs for the window. */
export const hasMachine: boolean = true;
