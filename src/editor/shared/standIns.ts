import * as vscode from 'vscode';

/**
 * Commands whose code is loaded when the first of them is used. Their stand-ins go, the real ones are registered by what
 * is loaded, and the command goes on there. Where loading fails the stand-ins stay, and the next use tries again.
 */
export class StandIns<T> implements vscode.Disposable {
  private registrations: vscode.Disposable;
  private loading: Promise<T> | undefined;

  /** @param make loads what registers the commands; what it returns is called once the stand-ins are gone */
  constructor(
    private readonly ids: readonly string[],
    private readonly make: () => Promise<() => T | Promise<T>>,
  ) {
    this.registrations = this.register();
  }

  private register(): vscode.Disposable {
    return vscode.Disposable.from(
      ...this.ids.map((id) =>
        vscode.commands.registerCommand(id, async (...given) => {
          await this.load();
          return vscode.commands.executeCommand(id, ...given);
        }),
      ),
    );
  }

  load(): Promise<T> {
    this.loading ??= this.begin().catch((error) => {
      this.loading = undefined;
      throw error;
    });
    return this.loading;
  }

  private async begin(): Promise<T> {
    const construct = await this.make();
    this.registrations.dispose();
    try {
      return await construct();
    } catch (error) {
      this.registrations = this.register();
      throw error;
    }
  }

  /** What was loaded, if anything was asked for; undefined where that failed. */
  get loaded(): Promise<T | undefined> {
    return Promise.resolve(this.loading).catch(() => undefined);
  }

  dispose(): void {
    this.registrations.dispose();
  }
}
