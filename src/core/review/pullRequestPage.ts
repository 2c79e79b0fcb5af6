/** The page of a repository on the web. */
interface RepositoryPage {
  host: string;
  /** `acme/shop`, without `.git`. */
  path: string;
}

/** Reads where a repository lies from the address that git has for it; undefined for a folder or what is no address. */
export function repositoryPage(remote: string): RepositoryPage | undefined {
  const scp = /^(?:[\w.-]+@)?([\w.-]+\.[A-Za-z]{2,}):(?!\/\/)(.+)$/.exec(remote);
  const url = scp ? undefined : URL.parse(remote);
  const host = scp?.[1] ?? (url && /^(https?|ssh|git):$/.test(url.protocol) ? url.hostname : undefined);
  const path = (scp?.[2] ?? url?.pathname ?? '').replace(/^\/+|\/+$/g, '').replace(/\.git$/, '');
  return host && path.includes('/') && !/[?#\s\\]/.test(path) ? { host, path } : undefined;
}

/** How hosts name the page on which a pull request is made; each host's documentation describes it. */
const hosts: { is: RegExp; page: (at: RepositoryPage, branch: string, base: string | undefined) => string }[] = [
  {
    is: /(^|\.)github\./,
    page: ({ host, path }, branch, base) =>
      `https://${host}/${path}/compare/${base === undefined ? '' : `${named(base)}...`}${named(branch)}?expand=1`,
  },
  {
    is: /(^|\.)gitlab\./,
    page: ({ host, path }, branch) =>
      `https://${host}/${path}/-/merge_requests/new?merge_request%5Bsource_branch%5D=${encodeURIComponent(branch)}`,
  },
  {
    is: /^bitbucket\.org$/,
    page: ({ host, path }, branch) => `https://${host}/${path}/pull-requests/new?source=${encodeURIComponent(branch)}`,
  },
  {
    is: /^(ssh\.)?dev\.azure\.com$/,
    page: ({ path }, branch) => {
      const [organisation, project, repository] = path.replace(/^v3\//, '').replace('/_git/', '/').split('/');
      const at = `https://dev.azure.com/${organisation}/${project}/_git/${repository}`;
      return `${at}/pullrequestcreate?sourceRef=${encodeURIComponent(branch)}`;
    },
  },
];

const named = (branch: string) => branch.split('/').map(encodeURIComponent).join('/');

/**
 * The page on which a pull request for a branch is made.
 * @param base the branch that it goes to, without the name of the remote
 * @returns undefined where the host is not known
 */
export function pullRequestPage(remote: string, branch: string, base?: string): string | undefined {
  const at = repositoryPage(remote);
  return at && hosts.find(({ is }) => is.test(at.host))?.page(at, branch, base);
}
