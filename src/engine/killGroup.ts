import { spawnSync } from 'node:child_process';

/** Kills a process that leads its group, with every process in the group. */
export function killGroup(pid: number, signal: NodeJS.Signals = 'SIGKILL'): void {
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { windowsHide: true });
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // the group is gone
  }
}
