import { open } from 'node:fs/promises';

/** Appends a line, also after one that a crash cut off. */
export async function appendLine(file: string, line: string): Promise<void> {
  const handle = await open(file, 'a+');
  try {
    const { size } = await handle.stat();
    const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, Math.max(0, size - 1));
    await handle.appendFile(`${size > 0 && buffer[0] !== 10 ? '\n' : ''}${line}\n`);
  } finally {
    await handle.close();
  }
}

/** A line about a target after it got another name; one that a crash cut off stays. */
export function renamedLine(line: string, from: string, to: string): string {
  try {
    const about = JSON.parse(line) as { target?: string };
    return about.target === from ? JSON.stringify({ ...about, target: to }) : line;
  } catch {
    return line;
  }
}
