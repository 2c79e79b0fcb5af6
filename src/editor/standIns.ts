import * as vscode from 'vscode';

/**
 * Commands whose code is loaded when the first of them is used. Their stand-ins go, the real ones are registered by what
 * is loaded, and the command goes on there.
 */
export class StandIns<T> implements vscode.Disposable {
  private readonly registrations: vscode.Disposable;
  private loading: Promise<T> | undefined;

  /** @param make loads what registers the commands; called once the stand-ins are gone */
  constructor(
    ids: readonly string[],
    private readonly make: () => Promise<() => T | Promise<T>>,
  ) {
    this.registrations = vscode.Disposable.from(
      ...ids.map((id) =>
        vscode.commands.registerCommand(id, async (...given) => {
          await this.load();
          return vscode.commands.executeCommand(id, ...given);
        }),
      ),
    );
  }

  load(): Promise<T> {
    this.loading ??= this.make().then((construct) => {
      this.registrations.dispose();
      return construct();
    });
    return this.loading;
  }

  /** What was loaded, if anything was asked for. */
  get loaded(): Promise<T> | undefined {
    return this.loading;
  }

  dispose(): void {
    this.registrations.dispose();
  }
}
