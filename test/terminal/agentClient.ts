import { type ChildProcess, spawn } from 'node:child_process';
import { ReadBuffer, serializeMessage } from '@modelcontextprotocol/server';
import { cliFile, type Place } from '../engine/support';

type Message = Parameters<typeof serializeMessage>[0];

export interface Announced {
  name: string;
  description: string;
  inputSchema: Record<string, unknown>;
  annotations: Record<string, unknown>;
}

/** What a tool said. */
export interface Said {
  text: string;
  isError: boolean;
}

/** An agent's end of `ux-audit mcp`, as an editor starts it. */
export class AgentClient {
  readonly child: ChildProcess;
  readonly notifications: { method: string; params?: Record<string, unknown> }[] = [];
  stderr = '';
  private readonly waiting = new Map<number, (answer: Record<string, unknown>) => void>();
  private lastId = 0;
  readonly ended: Promise<number | null>;

  constructor(place: Place, env: NodeJS.ProcessEnv = {}, flags: readonly string[] = []) {
    const all = { ...process.env, TMPDIR: place.temporary, ...env };
    this.child = spawn(process.execPath, [cliFile, 'mcp', ...flags], { cwd: place.workspace, env: all, stdio: 'pipe' });
    this.ended = new Promise((resolve) => this.child.once('close', resolve));
    const buffer = new ReadBuffer();
    this.child.stdout?.on('data', (chunk: Buffer) => {
      buffer.append(chunk);
      for (let message = buffer.readMessage(); message !== null; message = buffer.readMessage()) this.hear(message);
    });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text;
    });
  }

  /** Opens the connection as clients of 2025 do. @returns what the server says of itself */
  async open(): Promise<Record<string, unknown>> {
    const clientInfo = { name: 'test', version: '1' };
    const opened = await this.request('initialize', { protocolVersion: '2025-06-18', capabilities: {}, clientInfo });
    this.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
    return opened;
  }

  async tools(): Promise<Announced[]> {
    return (await this.request('tools/list', {})).tools as Announced[];
  }

  async call(name: string, given: Record<string, unknown> = {}, meta?: Record<string, unknown>): Promise<Said> {
    const result = await this.request('tools/call', { name, arguments: given, ...(meta && { _meta: meta }) });
    const content = result.content as { text: string }[];
    return { text: content.map(({ text }) => text).join('\n'), isError: result.isError === true };
  }

  /** Starts a call and gives its id, for a cancellation. */
  begin(name: string, given: Record<string, unknown>, meta?: Record<string, unknown>): number {
    this.lastId += 1;
    const params = { name, arguments: given, ...(meta && { _meta: meta }) };
    this.send({ jsonrpc: '2.0', id: this.lastId, method: 'tools/call', params });
    return this.lastId;
  }

  cancel(requestId: number): void {
    this.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId, reason: 'not needed' } });
  }

  /** Closes the connection, as a client does that ends. @returns the exit code */
  async close(): Promise<number | null> {
    this.child.stdin?.end();
    return this.ended;
  }

  private async request(method: string, params: Record<string, unknown>): Promise<Record<string, unknown>> {
    this.lastId += 1;
    const id = this.lastId;
    const answered = new Promise<Record<string, unknown>>((resolve) => this.waiting.set(id, resolve));
    this.send({ jsonrpc: '2.0', id, method, params });
    const ended = this.ended.then((code) => ({ error: `ended with ${code}: ${this.stderr}` }));
    const answer = await Promise.race([answered, ended]);
    if ('error' in answer) throw new Error(JSON.stringify(answer.error));
    return (answer as { result: Record<string, unknown> }).result;
  }

  private send(message: Message): void {
    this.child.stdin?.write(serializeMessage(message));
  }

  private hear(message: Message): void {
    if ('method' in message) this.notifications.push(message);
    else if ('id' in message) this.waiting.get(Number(message.id))?.(message as Record<string, unknown>);
  }
}
