import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cliFile, Place } from '../engine/support';

let place: Place;
beforeEach(() => {
  place = new Place();
});
afterEach(() => place.leave());

/** Runs a line of shell in the workspace, in which `$ux` is the program. */
function shell(line: string) {
  const env = { ...process.env, ux: `'${process.execPath}' '${cliFile}'` };
  return spawnSync('sh', ['-c', line.replaceAll('$ux', env.ux)], { cwd: place.workspace, env, encoding: 'utf8' });
}

describe.skipIf(process.platform === 'win32')('ux-audit where something is broken', () => {
  it.each([
    ['its folder was removed', 'mkdir gone && cd gone && rmdir ../gone && $ux findings', 3, 'no longer exists'],
    ['nothing more can be printed', '$ux --help > /dev/full', 3, 'could not be written'],
    ['not even an error can be printed', '$ux findings > /dev/full 2> /dev/full', 3, ''],
    ['the reader has closed the pipe', '$ux --help | true; echo read', 0, ''],
    [
      'nobody reads its output and its errors any more',
      "mkdir ux-audit && echo '{' > ux-audit/findings.json && { $ux validate 2>&1; echo $? > code; } | true; exit $(cat code)",
      5,
      '',
    ],
    ['a file is a device', '$ux init > /dev/null && $ux export --html /dev/full', 5, 'not a regular file'],
    [
      'the record leads to a device',
      'mkdir ux-audit && ln -s /dev/zero ux-audit/findings.json && $ux findings',
      5,
      'device',
    ],
    ['the record is a pipe', 'mkdir ux-audit && mkfifo ux-audit/findings.json && $ux validate', 5, 'a pipe'],
    [
      'a table leads to a device',
      'mkdir ux-audit && ln -s /dev/zero ux-audit/outcomes.json && $ux outcomes list',
      5,
      'device',
    ],
    [
      'a header cannot be sent',
      "T=$(printf 'a\\r.') $ux audit http://localhost:1/ --header X=T",
      2,
      'variable T holds',
    ],
    ['a cookie would be two', "T='a; b=c' $ux audit http://localhost:1/ --cookie X=T", 2, '; in it'],
    ['a header has no name', 'T=a $ux audit http://localhost:1/ --header "X Y=T"', 2, '"X Y" cannot be the name'],
    ['a lock is a link', 'mkdir ux-audit && ln -s no ux-audit/findings.json.lock && $ux init', 5, 'is a link'],
  ])('says so when %s, without a stack trace', (_, line, code, message) => {
    const { status, stderr } = shell(line);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/\bat .*:\d+:\d+|unexpected/);
    expect(status).toBe(code);
  });

  it('shows hidden characters of a folder as escapes', () => {
    const { stdout, stderr } = shell(
      "mkdir 'a\u202e\u001b[31mz' && cd a* && $ux init && $ux validate && $ux export --csv x",
    );
    expect(stdout + stderr).toContain('a\\u202e\\u001b[31mz');
    expect([...'\u202e\u001b'].filter((sign) => (stdout + stderr).includes(sign))).toEqual([]);
  });

  it('names the line of what it cannot read', () => {
    const deep = `{ "schemaVersion": 1,\n"x": ${'['.repeat(5_000)}`;
    mkdirSync(path.join(place.workspace, 'ux-audit'));
    for (const [text, message] of [
      [deep, 'findings.json:2: more than 100 objects and lists'],
      [`${deep}${']'.repeat(5_000)} }`, 'findings.json:2: more than 100 objects and lists'],
      [Buffer.from('{ "schemaVersion": 1,\n"x": "K\xe4se" }', 'latin1'), 'findings.json:2: this line is not UTF-8'],
    ] as const) {
      writeFileSync(path.join(place.workspace, 'ux-audit/findings.json'), text);
      const { status, stderr } = shell('$ux findings');
      expect([status, stderr]).toEqual([5, expect.stringContaining(message)]);
    }
  });

  it('writes no export through a link that leaves the workspace', () => {
    const outside = path.join(place.workspace, '..', 'start-up.html');
    writeFileSync(outside, 'kept');
    symlinkSync(outside, path.join(place.workspace, 'report.html'));
    const { status, stderr } = shell('$ux init > /dev/null && $ux export --html report.html; cat ../start-up.html >&2');
    expect(stderr).toMatch(/report\.html was not written: a link .* leads to .*start-up\.html/);
    expect(stderr).toMatch(/kept$/);
    expect(status).toBe(0); // of cat
  });
});
