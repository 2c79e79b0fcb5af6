import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

/**
 * Ports of servers that are no web servers, by IANA's registry of service names and by those servers' own documents.
 */
const otherServices = new Set([
  21, 22, 23, 25, 53, 67, 88, 110, 111, 123, 135, 139, 143, 389, 445, 465, 514, 515, 548, 587, 631, 636, 873, 993, 995,
  1433, 1521, 1883, 2049, 2181, 3306, 3389, 5353, 5432, 5433, 5672, 5900, 6379, 6380, 9042, 9092, 9229, 11211, 27017,
]);

/** So long the system's program may take. Milliseconds. */
const PATIENCE = 2_000;
const MAX_OUTPUT = 4 * 1024 * 1024;

/** The ports in the tables of Linux, `/proc/net/tcp` and `tcp6` (proc_net_tcp of the kernel's documents). */
export function portsOfProc(table: string): number[] {
  return table.split('\n').flatMap((line) => {
    const [, address, port, state] =
      /^\s*\d+: ([\dA-F]+):([\dA-F]{4}) [\dA-F]+:[\dA-F]{4} ([\dA-F]{2}) /.exec(line) ?? [];
    if (address === undefined || port === undefined || state !== '0A') return []; // 0A is TCP_LISTEN
    // words of four bytes, the lowest first
    const isHere = /^(?:0{8}|0{32}|(?:0{16}FFFF0{4}|0{16}0{8})?[\dA-F]{6}7F|0{24}01000000)$/.test(address);
    return isHere ? [Number.parseInt(port, 16)] : [];
  });
}

/** The ports in what `lsof -F n` prints: lines such as `n127.0.0.1:3000`, `n[::1]:3000`, `n*:3000`. */
export function portsOfLsof(output: string): number[] {
  return [...output.matchAll(/^n(?:\*|127(?:\.\d+){3}|\[::1?\]|\[::ffff:127(?:\.\d+){3}\]):(\d+)$/gm)].map(([, port]) =>
    Number(port),
  );
}

/**
 * The ports in what `netstat -ano` of Windows prints, of both IP versions. Its words are translated: who listens has no
 * other end, port 0.
 */
export function portsOfNetstat(output: string): number[] {
  const listening = /^\s*TCP\s+(?:0\.0\.0\.0|127(?:\.\d+){3}|\[::1?\]):(\d+)\s+(?:0\.0\.0\.0|\[::\]):0\s/gm;
  return [...output.matchAll(listening)].map(([, port]) => Number(port));
}

/**
 * The ports on which something listens that this machine itself can reach, without those of well-known services that
 * are no web servers.
 * @returns smallest first; none where the system does not tell
 */
export async function listeningPorts(): Promise<number[]> {
  const all = await systemPorts().catch((): number[] => []);
  return [...new Set(all)]
    .filter((port) => port > 0 && port <= 65_535 && !otherServices.has(port))
    .sort((a, b) => a - b);
}

async function systemPorts(): Promise<number[]> {
  switch (process.platform) {
    case 'linux': {
      const tables = await Promise.all(
        ['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8').catch(() => '')),
      );
      return tables.flatMap(portsOfProc);
    }
    case 'darwin':
      return portsOfLsof(await output('/usr/sbin/lsof', ['-nP', '-iTCP', '-sTCP:LISTEN', '-F', 'n']));
    case 'win32': {
      const netstat = path.join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'netstat.exe');
      return portsOfNetstat(await output(netstat, ['-ano']));
    }
    default:
      return [];
  }
}

async function output(program: string, given: readonly string[]): Promise<string> {
  const options = { timeout: PATIENCE, maxBuffer: MAX_OUTPUT, windowsHide: true, encoding: 'utf8' } as const;
  return (await promisify(execFile)(program, [...given], options)).stdout;
}
