import { spawnSync } from 'node:child_process';

/** Ends a browser by the number of its process, with every process that it started. */
export function killBrowser(pid: number): void {
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { windowsHide: true });
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // the group is gone
  }
}
