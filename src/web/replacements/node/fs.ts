export const constants = { O_RDONLY: 0 };
