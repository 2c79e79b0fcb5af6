/** A value that is made on first use. When making it fails, the next use tries again. */
export class Lazy<T> {
  private making: Promise<T> | undefined;

  constructor(private readonly make: () => Promise<T>) {}

  get(): Promise<T> {
    this.making ??= this.make().catch((error) => {
      this.making = undefined;
      throw error;
    });
    return this.making;
  }

  /** Uses the value only if it has been made, or is being made. */
  async ifMade<Result>(use: (made: T) => Result): Promise<Awaited<Result> | undefined> {
    return this.making && (await use(await this.making));
  }
}
