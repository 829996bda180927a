import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';

import { newId } from '@tanxiao/contracts';

import { tanxiao } from '../testing/terminal';

/** A server that answers as the API's contract says, and remembers what it was asked. */
class ScriptedServer {
  readonly asked: { method: string; url: string; key: string | undefined; body: string }[] = [];
  answers: Record<string, unknown[]> = {};
  private server: Server | null = null;

  async start(): Promise<string> {
    this.server = createServer((request, response) => void this.answer(request, response));
    await new Promise<void>((resolve) => this.server!.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url ?? '';
    const body = await text(request);
    const key = request.headers['idempotency-key'] as string | undefined;
    this.asked.push({ method: request.method ?? '', url, key, body });
    const script = this.answers[`${request.method} ${url.split('?')[0]}`] ?? [];
    const answer = script.length > 1 ? script.shift() : script[0];
    const status = (answer as { status?: number } | undefined)?.status ?? 200;
    response.writeHead(answer === undefined ? 500 : status, { 'content-type': 'application/json' });
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
  }
}

const server = new ScriptedServer();
let address: string;
let folder: string;
let file: string;
const CONTENT = 'uscc,region_code\n1,2\n';

beforeAll(async () => {
  address = await server.start();
  folder = await mkdtemp(path.join(tmpdir(), 'tanxiao-cli-'));
  file = path.join(folder, 'in.csv');
  await writeFile(file, CONTENT);
});
beforeEach(() => {
  server.asked.length = 0;
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

const id = newId();
const upload = (state: string, more: object = {}): object => ({
  ...{ id, rulebook: 'r', state, bytes: CONTENT.length, errors: 0, problem: null },
  rows: { read: 0, accepted: 0, rejected: 0, rated: 0, failed: 0 },
  ...more,
});
const importWords = (...more: string[]): string[] => [
  ...['import', file, '--server', address, '--rulebook', 'r', '--period', '2026Q3'],
  ...more,
];

describe('tanxiao import', () => {
  test('sends the bytes with a key, follows the upload until its rows are rated, and exits with 0', async () => {
    server.answers = {
      'POST /v1/uploads': [upload('received')],
      [`GET /v1/uploads/${id}`]: [
        upload('checking', { rows: { read: 1, accepted: 0, rejected: 0, rated: 0, failed: 0 } }),
        upload('done', { rows: { read: 2, accepted: 2, rejected: 0, rated: 2, failed: 0 } }),
      ],
    };
    const { code, stderr } = await tanxiao(...importWords('--key', 'my-key'));
    expect(code).toBe(0);
    const [post] = server.asked;
    expect(post).toMatchObject({ method: 'POST', key: 'my-key', body: CONTENT });
    expect(post?.url).toContain('rulebook=r');
    expect(post?.url).toContain('filename=in.csv');
    expect(post?.url).toContain('period=2026Q3');
    expect(stderr).toContain('checking: 1 rows read');
    expect(stderr).toContain('done: 2 rows read, 2 accepted, 0 rejected, 2 rated');
  });

  test('a rejected file exits with 1, with its errors told and the annotated file saved', async () => {
    server.answers = {
      'POST /v1/uploads': [upload('received')],
      [`GET /v1/uploads/${id}`]: [
        upload('rejected', {
          errors: 1,
          rows: { read: 2, accepted: 0, rejected: 1, rated: 0, failed: 0 },
        }),
      ],
      [`GET /v1/uploads/${id}/errors`]: [
        {
          items: [{ code: 'uscc-length', row: 2, column: 'uscc', message: 'wrong', hint: 'mend' }],
          nextCursor: null,
        },
      ],
      [`GET /v1/uploads/${id}/annotated`]: ['annotated,bytes\n'],
    };
    const saved = path.join(folder, 'errors.csv');
    const { code, stderr } = await tanxiao(...importWords('--annotated', saved));
    expect(code).toBe(1);
    expect(stderr).toContain('row 2 uscc: wrong; mend');
    expect(stderr).toContain('nothing was kept');
    expect(await readFile(saved, 'utf8')).toBe('annotated,bytes\n');
  });

  test('a problem of the server is told in its own words', async () => {
    server.answers = {
      'POST /v1/uploads': [
        {
          ...{ type: 'urn:tanxiao:problem:invalid-request', title: 'Bad', status: 400 },
          ...{ detail: '1 errors', instance: '/' },
          errors: [{ code: 'unknown-rulebook', message: 'no rulebook "r"', hint: 'available: a' }],
        },
      ],
    };
    const { code, stderr } = await tanxiao(...importWords());
    expect(code).toBe(1);
    expect(stderr).toContain('no rulebook "r"; available: a');
  });

  test('no server, no address, no file: each is told apart', async () => {
    const gone = await tanxiao('import', file, '--server', 'http://127.0.0.1:9', '--rulebook', 'r');
    expect(gone).toMatchObject({ code: 1, stderr: expect.stringContaining('no answer') as string });
    expect((await tanxiao('import', file, '--server', 'nowhere', '--rulebook', 'r')).code).toBe(2);
    expect((await tanxiao('import', 'none.csv', '--server', address, '--rulebook', 'r')).code).toBe(
      2,
    );
  });
});

describe('tanxiao replay', () => {
  const replay = (identical: boolean): object => ({
    ...{ ratingId: id, identical },
    ...{ kept: { outcome: 'rated' }, recomputed: { outcome: identical ? 'rated' : 'not-rated' } },
  });

  test.each([
    [true, 0],
    [false, 1],
  ])('identical %s exits with %i', async (identical, code) => {
    server.answers = { [`GET /v1/ratings/${id}/replay`]: [replay(identical)] };
    const ran = await tanxiao('replay', id, '--server', address);
    expect(ran.code).toBe(code);
    expect(ran.stdout.includes('not-rated')).toBe(!identical);
  });

  test('an id that is none is wrong usage', async () => {
    expect((await tanxiao('replay', 'x', '--server', address)).code).toBe(2);
  });
});

describe('tanxiao run', () => {
  const run = (state: string, more: object = {}): object => ({
    ...{ id, state, period: '2026Q3', failure: null, progress: null, current: false },
    rulebook: { id: 'r', version: '1.0.0' },
    subjects: { total: 200, done: 200, rated: 190, notRated: 10, failed: 0 },
    ...more,
  });
  const event = (of: object): string => `event: run\ndata: ${JSON.stringify(of)}\n\n`;
  const scoring = (done: number): object =>
    run('benchmarked', {
      progress: { step: 'scoring', done, total: 200, perSecond: 100, secondsLeft: 1 },
    });

  test('start prints the id, shows how far the run is at each tenth, and goes on where a broken stream began anew', async () => {
    server.answers = {
      'POST /v1/runs': [run('draft')],
      [`GET /v1/runs/${id}/events`]: [
        `${event(scoring(0))}${event(scoring(9))}: still here\n\n`,
        `${event(scoring(120))}${event(run('ranked'))}`,
      ],
    };
    const words = ['--server', address, '--rulebook', 'r', '--period', '2026Q3', '--key', 'k'];
    const { code, stdout, stderr } = await tanxiao('run', 'start', ...words);
    expect(code).toBe(0);
    expect(stdout).toBe(`${id}\n`);
    expect(server.asked[0]).toMatchObject({ key: 'k', body: '{"rulebook":"r","period":"2026Q3"}' });
    expect(stderr.trim().split('\n')).toEqual([
      'scoring [........................] 0 % 0/200, 100/s, 1 s left',
      'scoring [##############..........] 60 % 120/200, 100/s, 1 s left',
      `run ${id}: ranked, 200 subjects, 190 rated, 10 not rated, 0 failed`,
    ]);
  });

  test('a run that failed exits with 1 and says why', async () => {
    server.answers = {
      [`GET /v1/runs/${id}/events`]: [event(run('failed', { failure: 'the reason' }))],
    };
    const { code, stderr } = await tanxiao('run', 'watch', id, '--server', address);
    expect(code).toBe(1);
    expect(stderr).toContain('the reason');
  });

  test('moves are told by grade, as tab-separated lines', async () => {
    const standing = (outcome: string, grade: string | null): object => ({ outcome, grade });
    const moves = [
      { before: standing('rated', '3'), now: standing('rated', '2'), subjects: 12 },
      { before: standing('absent', null), now: standing('not-rated', null), subjects: 3 },
    ];
    server.answers = {
      [`GET /v1/runs/${id}/moves`]: [{ runId: id, previousRunId: id, moves }],
      [`POST /v1/runs/${id}/notice`]: [run('under-notice')],
    };
    const { stdout } = await tanxiao('run', 'moves', id, '--server', address);
    expect(stdout).toBe('3\t2\t12\nabsent\tnot-rated\t3\n');
    const until = ['--until', '2026-12-31'];
    expect((await tanxiao('run', 'notice', id, '--server', address, ...until)).code).toBe(0);
    expect(server.asked.at(-1)!.body).toBe('{"until":"2026-12-31"}');
  });
});
