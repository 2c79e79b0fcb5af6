/** Something that is made when it is first asked for, and again when making it failed. */
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

  /** Does something with it if it was asked for before. */
  async ifMade<Result>(use: (made: T) => Result): Promise<Awaited<Result> | undefined> {
    return this.making && (await use(await this.making));
  }
}
