import { describe, expect, it } from 'vitest';
import { pullRequestPage, repositoryPage } from '../../src/core/review/pullRequestPage';

describe('the page on which a pull request is made', () => {
  it.each([
    ['git@github.com:acme/shop.git', 'https://github.com/acme/shop/compare/main...ux/a?expand=1'],
    ['https://x:secret@github.com/acme/shop', 'https://github.com/acme/shop/compare/main...ux/a?expand=1'],
    ['ssh://git@github.acme.com:22/acme/shop.git', 'https://github.acme.com/acme/shop/compare/main...ux/a?expand=1'],
    [
      'https://gitlab.acme.com/team/sub/shop.git',
      'https://gitlab.acme.com/team/sub/shop/-/merge_requests/new?merge_request%5Bsource_branch%5D=ux%2Fa',
    ],
    ['git@bitbucket.org:acme/shop.git', 'https://bitbucket.org/acme/shop/pull-requests/new?source=ux%2Fa'],
    [
      'https://acme@dev.azure.com/acme/web/_git/shop',
      'https://dev.azure.com/acme/web/_git/shop/pullrequestcreate?sourceRef=ux%2Fa',
    ],
    [
      'git@ssh.dev.azure.com:v3/acme/web/shop',
      'https://dev.azure.com/acme/web/_git/shop/pullrequestcreate?sourceRef=ux%2Fa',
    ],
  ])('of %s', (remote, page) => {
    expect(pullRequestPage(remote, 'ux/a', 'main')).toBe(page);
  });

  it.each([
    '/srv/git/shop.git',
    'file:///srv/shop',
    'C:\\\\git\\\\shop',
    'https://git.acme.com/acme/shop',
    'javascript:alert(1)/x',
  ])('is not known of %s', (remote) => {
    expect(pullRequestPage(remote, 'ux/a', 'main')).toBeUndefined();
  });

  it('says where a repository lies without what signs a person in', () => {
    expect(repositoryPage('https://ana:token@git.acme.com/acme/shop.git')).toEqual({
      host: 'git.acme.com',
      path: 'acme/shop',
    });
  });
});
