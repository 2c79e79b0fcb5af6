import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { listeningDevServers } from '../../../src/engine/servers/devServers';
import { listeningPorts, portsOfLsof, portsOfNetstat, portsOfProc } from '../../../src/engine/servers/listeningPorts';

const open: net.Server[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await new Promise((resolve) => server.close(resolve));
});

/** Listens on a port that the system chooses, which is no usual one. */
async function listen(server: net.Server, host: string): Promise<number> {
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return (server.address() as AddressInfo).port;
}
const page = (title: string) =>
  http.createServer((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(`<!doctype html><title>${title}</title>`);
  });

/** Asks the servers of this test alone: what else listens on the machine is none of its business. */
const find = (given: number[], listening: number[]) =>
  listeningDevServers(given, 500, { usual: [], listening: async () => listening });

describe('the servers that answer with a page', () => {
  it('are found on unusual ports where the system says that something listens', async () => {
    const one = await listen(page('one'), '127.0.0.1');
    const every = await listen(page('every'), '0.0.0.0');
    const json = await listen(
      http.createServer((_, response) => response.setHeader('content-type', 'application/json').end('{}')),
      '127.0.0.1',
    );
    const mail = net.createServer((socket) => {
      socket.on('error', () => undefined).resume();
      socket.end('220 mail\r\n');
    });
    const found = await find([], [json, await listen(mail, '127.0.0.1'), one, every]);
    expect(found).toEqual([
      { url: `http://localhost:${one}/`, title: 'one' },
      { url: `http://localhost:${every}/`, title: 'every' },
    ]);
  });

  it('are found on the ports that are given, each once', async () => {
    const port = await listen(page('given'), '127.0.0.1');
    expect(await find([port], [port])).toEqual([{ url: `http://localhost:${port}/`, title: 'given' }]);
  });

  it('are looked for on 60 further ports at most', async () => {
    const port = await listen(page('last'), '127.0.0.1');
    const none = await listen(
      http.createServer((_, response) => response.end()),
      '127.0.0.1',
    );
    const sixty = Array.from({ length: 60 }, () => none);
    expect(await find([], [...sixty, port])).toEqual([]);
    expect(await find([], [...sixty.slice(1), port])).toHaveLength(1);
  });
});

describe('the ports on which something listens', () => {
  it('are read from the tables of Linux: those of this machine and of any address', () => {
    const head = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
    const row = (address: string, port: string, state: string) =>
      `   0: ${address}:${port} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000  1000        0 1 1 0\n`;
    const row6 = (address: string, port: string) =>
      `   0: ${address}:${port} ${'0'.repeat(32)}:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 1 1 0\n`;
    const table = [
      row('0100007F', '0BB9', '0A'), // 127.0.0.1:3001
      row('00000000', '1F90', '0A'), // 0.0.0.0:8080
      row('0100A8C0', '0050', '0A'), // 192.168.0.1, another of its addresses
      row('0100007F', '0BBA', '01'), // a connection
    ].join('');
    expect(portsOfProc(head + table)).toEqual([3001, 8080]);
    const table6 = [
      row6('0'.repeat(32), '1435'), // [::]:5173
      row6('00000000000000000000000001000000', '1436'), // [::1]
      row6('0000000000000000FFFF00000100007F', '1437'), // [::ffff:127.0.0.1]
      row6('000080FE000000000000000001000000', '1438'), // fe80::1
    ].join('');
    expect(portsOfProc(head + table6)).toEqual([5173, 5174, 5175]);
    expect(portsOfProc('')).toEqual([]);
  });

  it.runIf(process.platform === 'linux')('are those of this machine, without other services', async () => {
    const port = await listen(page('here'), '127.0.0.1');
    const all = await listeningPorts();
    expect(all).toContain(port);
    expect(all).not.toContain(22);
    expect(all).toEqual([...new Set(all)].sort((a, b) => a - b));
  });

  it('are read from lsof', () => {
    const output = 'p71\nn*:3000\nn127.0.0.1:5173\nn[::1]:5174\nn192.168.0.1:80\np72\nn[::]:8081\nn[fe80::1]:9000\n';
    expect(portsOfLsof(output)).toEqual([3000, 5173, 5174, 8081]);
  });

  it('are read from netstat in any language', () => {
    const output = [
      '',
      'Aktive Verbindungen',
      '  Proto  Lokale Adresse         Remoteadresse          Status           PID',
      '  TCP    0.0.0.0:135            0.0.0.0:0              ABHÖREN         1104',
      '  TCP    127.0.0.1:5173         0.0.0.0:0              ABHÖREN         7012',
      '  TCP    127.0.0.1:5173         127.0.0.1:50112        HERGESTELLT     7012',
      '  TCP    192.168.0.7:139        0.0.0.0:0              ABHÖREN            4',
      '  TCP    [::1]:4321             [::]:0                 ABHÖREN         7100',
    ].join('\r\n');
    expect(portsOfNetstat(output)).toEqual([135, 5173, 4321]);
  });
});
