import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A comment that the stand-in keeps, whichever host it plays. */
export interface Kept {
  id: number;
  body: string;
  author: string;
  isBot: boolean;
}

export interface Asked {
  method: string;
  /** path and query; the whole address when it came through a proxy */
  url: string;
  body: unknown;
  authorization: string | undefined;
  /** milliseconds, of a clock that only runs forward */
  at: number;
}

interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/** Answers instead of the API for requests that match, as often as `times` says. */
export interface Fault extends Answer {
  on?: RegExp;
  times?: number;
  /** whether the API does what it is asked all the same, and only the answer is lost */
  done?: boolean;
}

type Handler = (found: string[], query: URLSearchParams, body: Record<string, unknown>) => Answer;

/**
 * A server on this machine that answers as the documented APIs of GitHub, GitLab, Bitbucket and Azure DevOps do, as far
 * as a delivery asks them: one list of comments in pages, and their limits.
 */
export class StandIn {
  comments: Kept[] = [];
  asked: Asked[] = [];
  faults: Fault[] = [];
  /** what a token of a person is told about itself; undefined for the token of a job, which gets 403 */
  me: string | undefined;
  /** who the token writes as */
  writesAs = { author: '41898282', isBot: true };
  pulls: Record<string, unknown>[] = [];
  reports = new Map<string, Record<string, unknown>>();
  annotations: Record<string, unknown>[] = [];
  /** how many lists wait for each other before they are answered */
  lists = 0;
  /** GitHub without a page size gives 30, GitLab 20, Bitbucket 10; 100 is the most */
  url = '';
  private nextId = 1000;
  private readonly waiting: (() => void)[] = [];
  private readonly server = http.createServer((request, response) => void this.answer(request, response));

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  keep(body: string, by: Partial<Kept> = this.writesAs): Kept {
    const kept = { ...this.writesAs, id: this.nextId++, ...by, body };
    this.comments.push(kept);
    return kept;
  }

  /** What was asked, as `METHOD path`, without queries. */
  get calls(): string[] {
    return this.asked.map(({ method, url }) => `${method} ${url.replace(/^http:\/\/[^/]+/, '').replace(/\?.*/, '')}`);
  }

  get writes(): Asked[] {
    return this.asked.filter(({ method }) => method !== 'GET');
  }

  private async answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    let text = '';
    for await (const chunk of request) text += chunk;
    const { method = 'GET', url = '/' } = request;
    const body = text ? JSON.parse(text) : {};
    this.asked.push({ method, url, body, authorization: request.headers.authorization, at: performance.now() });
    const send = ({ status, body: data, headers }: Answer) =>
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(data && JSON.stringify(data));
    const fault = this.faults.find(({ on = /./, times = 1 }) => times > 0 && on.test(`${method} ${url}`));
    if (fault) {
      fault.times = (fault.times ?? 1) - 1;
      if (fault.done) this.route(method, url, body);
      return void send(fault);
    }
    if (method === 'GET' && /\/comments\?/.test(url) && this.lists > 0) {
      this.lists -= 1;
      const answer = this.route(method, url, body);
      await new Promise<void>((resolve) => {
        this.waiting.push(resolve);
        if (this.lists === 0) for (const go of this.waiting.splice(0)) go();
      });
      return void send(answer);
    }
    send(this.route(method, url, body));
  }

  private route(method: string, address: string, body: Record<string, unknown>): Answer {
    const { pathname, searchParams } = new URL(address, this.url);
    for (const [pattern, handler] of this.routes) {
      const found = pattern.exec(`${method} ${pathname}`);
      if (found) return handler(found.slice(1), searchParams, body);
    }
    return { status: 404, body: { message: 'Not Found' } };
  }

  private readonly routes: [RegExp, Handler][] = [
    // GitHub
    [/^GET \/repos\/o\/r\/issues\/7\/comments$/, (_, query) => this.page(query, 30, this.asGithub, 'link')],
    [
      /^POST \/repos\/o\/r\/issues\/7\/comments$/,
      (_, __, { body }) =>
        tooLong(body, 65_536)
          ? { status: 422, body: { message: 'Validation Failed', errors: [{ message: 'Body is too long (maximum is 65536 characters)' }] } } // biome-ignore format: one answer
          : { status: 201, body: this.asGithub(this.keep(String(body))) },
    ],
    [/^PATCH \/repos\/o\/r\/issues\/comments\/(\d+)$/, ([id], _, { body }) => this.change(id, body, this.asGithub)],
    [/^DELETE \/repos\/o\/r\/issues\/comments\/(\d+)$/, ([id]) => this.drop(id)],
    [/^GET \/user$/, () => (this.me ? { status: 200, body: { id: Number(this.me) } } : forbidden)],
    [
      /^GET \/repos\/o\/r\/commits\/(\w+)\/pulls$/,
      ([sha]) => ({ status: 200, body: this.pulls.filter(({ head, fromFork }) => !fromFork && shaOf(head) === sha) }),
    ],
    [
      /^GET \/repos\/o\/r\/pulls$/,
      (_, query) => ({ status: 200, body: this.pulls.filter(({ label }) => label === query.get('head')) }),
    ],
    // GitLab
    [
      /^GET \/api\/v4\/projects\/12\/merge_requests\/7\/notes$/,
      (_, query) => this.page(query, 20, this.asGitlab, 'x-next-page'),
    ],
    [
      /^POST \/api\/v4\/projects\/12\/merge_requests\/7\/notes$/,
      (_, __, { body }) => ({ status: 201, body: this.asGitlab(this.keep(String(body))) }),
    ],
    [
      /^PUT \/api\/v4\/projects\/12\/merge_requests\/7\/notes\/(\d+)$/,
      ([id], _, { body }) => this.change(id, body, this.asGitlab),
    ],
    [/^DELETE \/api\/v4\/projects\/12\/merge_requests\/7\/notes\/(\d+)$/, ([id]) => this.drop(id)],
    [/^GET \/api\/v4\/user$/, () => (this.me ? { status: 200, body: { id: Number(this.me) } } : forbidden)],
    // Bitbucket
    [/^GET \/2.0\/repositories\/w\/r\/pullrequests\/7\/comments$/, (_, query) => this.bitbucketPage(query)],
    [
      /^POST \/2.0\/repositories\/w\/r\/pullrequests\/7\/comments$/,
      (_, __, { content }) =>
        tooLong(rawOf(content), 32_768)
          ? { status: 400, body: { error: { message: 'Bad request' } } }
          : { status: 201, body: this.asBitbucket(this.keep(rawOf(content))) },
    ],
    [
      /^PUT \/2.0\/repositories\/w\/r\/pullrequests\/7\/comments\/(\d+)$/,
      ([id], _, { content }) => this.change(id, rawOf(content), this.asBitbucket),
    ],
    [/^DELETE \/2.0\/repositories\/w\/r\/pullrequests\/7\/comments\/(\d+)$/, ([id]) => this.drop(id)],
    [/^GET \/2.0\/user$/, () => (this.me ? { status: 200, body: { uuid: this.me } } : forbidden)],
    [
      /^DELETE \/2.0\/repositories\/w\/r\/commit\/\w+\/reports\/([\w-]+)$/,
      ([id = '']) => {
        this.annotations = [];
        return this.reports.delete(id) ? { status: 204 } : { status: 404, body: { error: { message: 'No report' } } };
      },
    ],
    [
      /^PUT \/2.0\/repositories\/w\/r\/commit\/\w+\/reports\/([\w-]+)$/,
      ([id = ''], _, report) => {
        this.reports.set(id, report);
        return { status: 200, body: report };
      },
    ],
    [
      /^POST \/2.0\/repositories\/w\/r\/commit\/\w+\/reports\/[\w-]+\/annotations$/,
      (_, __, body) => this.annotate(body),
    ],
    // Azure DevOps
    [/^GET \/org\/shop\/_apis\/git\/repositories\/g\/pullRequests\/7\/threads$/, () => ({ status: 200, body: { value: this.comments.map(this.asAzure), count: this.comments.length } })], // biome-ignore format: one answer
    [
      /^POST \/org\/shop\/_apis\/git\/repositories\/g\/pullRequests\/7\/threads$/,
      (_, __, { comments }) => ({ status: 200, body: this.asAzure(this.keep((comments as { content: string }[])[0]?.content ?? '')) }), // biome-ignore format: one answer
    ],
    [
      /^PATCH \/org\/shop\/_apis\/git\/repositories\/g\/pullRequests\/7\/threads\/(\d+)\/comments\/1$/,
      ([id], _, { content }) => this.change(id, content, this.asAzure),
    ],
    [
      /^DELETE \/org\/shop\/_apis\/git\/repositories\/g\/pullRequests\/7\/threads\/(\d+)\/comments\/1$/,
      ([id]) => this.drop(id),
    ],
    [/^GET \/org\/_apis\/connectionData$/, () => ({ status: 200, body: { authenticatedUser: { id: this.me } } })],
  ];

  private readonly asGithub = ({ id, body, author, isBot }: Kept) => ({
    id,
    body,
    html_url: `https://github.test/o/r/pull/7#issuecomment-${id}`,
    user: { id: Number(author), type: isBot ? 'Bot' : 'User' },
  });
  private readonly asGitlab = ({ id, body, author }: Kept) => ({
    id,
    body,
    system: false,
    author: { id: Number(author) },
  });
  private readonly asBitbucket = ({ id, body, author, isBot }: Kept) => ({
    id,
    content: { raw: body },
    deleted: false,
    user: { uuid: author, type: isBot ? 'app_user' : 'user' },
    links: { html: { href: `https://bitbucket.test/w/r/pull-requests/7#comment-${id}` } },
  });
  private readonly asAzure = ({ id, body, author }: Kept) => ({
    id,
    comments: [{ id: 1, content: body, author: { id: author } }],
  });

  private slice(page: number, size: number): { of: Kept[]; isLast: boolean } {
    return { of: this.comments.slice((page - 1) * size, page * size), isLast: page * size >= this.comments.length };
  }

  private page(query: URLSearchParams, usual: number, as: (one: Kept) => unknown, how: string): Answer {
    const page = Number(query.get('page') ?? 1);
    const size = Math.min(100, Number(query.get('per_page') ?? usual));
    const { of, isLast } = this.slice(page, size);
    const link = `<${this.url}/repos/o/r/issues/7/comments?per_page=${size}&page=${page + 1}>; rel="next", <${this.url}/last>; rel="last"`;
    const headers: Record<string, string> =
      how === 'link' ? (isLast ? {} : { link }) : { 'x-next-page': isLast ? '' : String(page + 1) };
    return { status: 200, body: of.map(as), headers };
  }

  private bitbucketPage(query: URLSearchParams): Answer {
    const page = Number(query.get('page') ?? 1);
    const size = Math.min(100, Number(query.get('pagelen') ?? 10));
    const { of, isLast } = this.slice(page, size);
    const next = `${this.url}/2.0/repositories/w/r/pullrequests/7/comments?pagelen=${size}&page=${page + 1}`;
    return { status: 200, body: { values: of.map(this.asBitbucket), ...(!isLast && { next }) } };
  }

  private annotate(body: unknown): Answer {
    const bulk = body as Record<string, unknown>[];
    const refused = bulk.length > 100 || this.annotations.length + bulk.length > 1000 || bulk.some(({ summary }) => tooLong(summary, 450)); // biome-ignore format: one question
    if (refused)
      return { status: 400, body: { message: 'The summary field cannot contain more than 450 characters.' } };
    this.annotations.push(...bulk);
    return { status: 200, body: bulk };
  }

  private change(id: string | undefined, body: unknown, as: (one: Kept) => unknown): Answer {
    const kept = this.comments.find((one) => one.id === Number(id));
    if (!kept) return { status: 404, body: { message: 'Not Found' } };
    kept.body = String(body);
    return { status: 200, body: as(kept) };
  }

  private drop(id: string | undefined): Answer {
    this.comments = this.comments.filter((one) => one.id !== Number(id));
    return { status: 204 };
  }
}

const forbidden: Answer = { status: 403, body: { message: 'Resource not accessible by integration' } };
const tooLong = (text: unknown, most: number) => String(text).length > most;
const rawOf = (content: unknown) => (content as { raw: string }).raw;
const shaOf = (head: unknown) => (head as { sha: string }).sha;
