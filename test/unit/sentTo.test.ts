import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { wishesOf } from '../../src/cli/pagesToAudit';
import { sentTo } from '../../src/protocol/opened';
import { Workspace } from '../../src/workflow/workspace';

describe('what goes along with a page', () => {
  const sent = { headers: { Authorization: 'Basic x' }, cookies: [{ name: 'a', value: '1' }] };

  it('goes to the origin that it was given for', () => {
    expect(sentTo('https://shop.example/account', 'https://shop.example', sent)).toEqual(sent);
  });

  it.each(['https://evil.example/account', 'http://shop.example/', 'https://shop.example:444/', 'nothing'])(
    'goes to no other: %s',
    (url) => {
      expect(sentTo(url, 'https://shop.example', sent)).toEqual({});
    },
  );
});

describe('the question before a login by recording', () => {
  it('names where secrets may be entered, as the recording has it', async () => {
    const root = mkdtempSync(path.join(os.tmpdir(), 'wish-'));
    try {
      const workspace = new Workspace(root);
      await workspace.loginRecordings.write('customer', {
        title: 'Sign in',
        steps: [
          { type: 'navigate', url: 'https://evil.example/login' },
          {
            type: 'click',
            selectors: ['#in'],
            assertedEvents: [{ type: 'navigation', url: 'https://sso.example/start' }],
          },
        ],
      });
      const pages = [{ target: 'account', environment: 'local', url: 'https://shop.example/account' }];
      const record = {
        targets: { account: { kind: 'page', login: 'customer' } },
        logins: { customer: { by: 'recording' as const, url: 'https://shop.example/login' } },
      };
      const [wish] = await wishesOf(pages, record, workspace);
      expect(wish?.what).toBe('Sign in as customer at evil.example, sso.example as ux-audit/logins/customer.json does');
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});
