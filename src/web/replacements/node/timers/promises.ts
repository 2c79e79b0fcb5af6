function later<T>(milliseconds: number, value?: T): Promise<T | undefined> {
  return new Promise((resolve) => {
    globalThis.setTimeout(() => resolve(value), milliseconds);
  });
}

export { later as setTimeout };
