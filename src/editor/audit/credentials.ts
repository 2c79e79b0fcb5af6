import * as vscode from 'vscode';
import type { AuditOptions } from '../../protocol/workerMessages';

type RequestSecrets = Pick<AuditOptions, 'headers' | 'cookies'>;

const keyOf = (origin: string) => `uxAudit.request.${origin}`;
/** The key of the list of origins that have secrets. The list itself is not secret. */
const INDEX = 'uxAudit.request';

/** Keeps the headers and cookies of each origin in VS Code's secret store, and nowhere else. */
export class Credentials {
  constructor(private readonly secrets: vscode.SecretStorage) {}

  async of(origin: string): Promise<RequestSecrets> {
    const stored = await this.secrets.get(keyOf(origin));
    return stored ? (JSON.parse(stored) as RequestSecrets) : {};
  }

  private async origins(): Promise<string[]> {
    return JSON.parse((await this.secrets.get(INDEX)) ?? '[]') as string[];
  }

  async ask(): Promise<void> {
    const origin = await vscode.window.showInputBox({
      title: 'Request Credentials (1/3): Origin',
      prompt: 'They are sent with audits of this origin only, and kept in the secret store of VS Code.',
      placeHolder: 'https://staging.shop.example',
      validateInput: (text) => (originOf(text) ? undefined : 'An origin such as https://staging.shop.example'),
    });
    const wanted = origin && originOf(origin);
    if (!wanted) return;
    const kind = await vscode.window.showQuickPick(
      [
        { label: 'User name and password', description: 'HTTP basic authentication', secret: 'basic' as const },
        { label: 'Header', description: 'such as Authorization: Bearer …', secret: 'header' as const },
        { label: 'Cookie', description: 'such as a session', secret: 'cookie' as const },
      ],
      { title: 'Request Credentials (2/3): Kind' },
    );
    if (!kind) return;
    const labels = {
      basic: ['User name', 'Password'],
      header: ['Header name', 'Header value'],
      cookie: ['Cookie name', 'Cookie value'],
    }[kind.secret];
    const name = await vscode.window.showInputBox({ title: `Request Credentials (3/3): ${labels[0]}` });
    if (!name) return;
    const value = await vscode.window.showInputBox({
      title: `Request Credentials (3/3): ${labels[1]}`,
      password: true,
    });
    if (value === undefined) return;
    const stored = await this.of(wanted);
    if (kind.secret === 'cookie')
      stored.cookies = [...(stored.cookies ?? []).filter((cookie) => cookie.name !== name), { name, value }];
    else if (kind.secret === 'header') stored.headers = { ...stored.headers, [name]: value };
    else
      stored.headers = {
        ...stored.headers,
        Authorization: `Basic ${Buffer.from(`${name}:${value}`).toString('base64')}`,
      };
    await this.secrets.store(keyOf(wanted), JSON.stringify(stored));
    await this.secrets.store(INDEX, JSON.stringify([...new Set([...(await this.origins()), wanted])]));
    void vscode.window.showInformationMessage(`Audits of ${wanted} now send these credentials.`);
  }

  async clear(): Promise<void> {
    const origins = await this.origins();
    if (origins.length === 0) {
      void vscode.window.showInformationMessage('No request credentials are stored.');
      return;
    }
    const chosen = await vscode.window.showQuickPick(origins, {
      title: 'Clear the request credentials of',
      canPickMany: true,
    });
    for (const origin of chosen ?? []) await this.secrets.delete(keyOf(origin));
    if (chosen?.length)
      await this.secrets.store(INDEX, JSON.stringify(origins.filter((origin) => !chosen.includes(origin))));
  }
}

function originOf(text: string): string | undefined {
  try {
    const url = new URL(text.trim());
    return /^https?:$/.test(url.protocol) ? url.origin : undefined;
  } catch {
    return undefined;
  }
}
