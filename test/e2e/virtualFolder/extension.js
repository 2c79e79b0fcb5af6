const vscode = require('vscode');

/** Asks the server of test/e2e/browserAlone.mjs for something of a file. */
async function ask(uri, what, init) {
  const response = await fetch(`http://${uri.authority}${encodeURI(uri.path)}?${what}`, init);
  if (response.status === 404) throw vscode.FileSystemError.FileNotFound(uri);
  if (!response.ok) throw vscode.FileSystemError.Unavailable(`${uri.path}: ${response.status}`);
  return response;
}

class VirtualFolder {
  changed = new vscode.EventEmitter();
  onDidChangeFile = this.changed.event;

  watch() {
    return new vscode.Disposable(() => {});
  }

  async stat(uri) {
    return (await ask(uri, 'stat')).json();
  }

  async readDirectory(uri) {
    return (await ask(uri, 'list')).json();
  }

  async readFile(uri) {
    return new Uint8Array(await (await ask(uri, 'bytes')).arrayBuffer());
  }

  async createDirectory(uri) {
    await this.change(uri, 'folder', { method: 'POST' });
  }

  async writeFile(uri, body) {
    await this.change(uri, 'bytes', { method: 'PUT', body });
  }

  async delete(uri) {
    await this.change(uri, 'all', { method: 'DELETE' }, vscode.FileChangeType.Deleted);
  }

  async rename(from, to) {
    await this.writeFile(to, await this.readFile(from));
    await this.delete(from);
  }

  async change(uri, what, init, type = vscode.FileChangeType.Changed) {
    await ask(uri, what, init);
    this.changed.fire([{ type, uri }]);
  }
}

exports.activate = ({ subscriptions }) => {
  const options = { isCaseSensitive: true };
  subscriptions.push(vscode.workspace.registerFileSystemProvider('virtual', new VirtualFolder(), options));
};
