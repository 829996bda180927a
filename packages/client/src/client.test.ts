import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { Readable } from 'node:stream';

import { ClientError, ConnectionError, TanxiaoClient, WaitTimeoutError } from './index';

/** One HTTP server whose answers a test sets: the client's side of the wire is what is tested here. */
let server: Server;
let answer: (request: IncomingMessage, response: ServerResponse, body: string) => void;
const seen: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[] =
  [];

beforeAll(async () => {
  server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const body = Buffer.concat(pieces).toString();
      seen.push({ method: request.method!, url: request.url!, headers: request.headers, body });
      answer(request, response, body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => (seen.length = 0));

const json = (response: ServerResponse, body: unknown, status = 200): void => {
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'r-1' });
  response.end(JSON.stringify(body));
};

const client = (): TanxiaoClient =>
  new TanxiaoClient({
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    language: 'en',
  });

describe('the client', () => {
  it('fills path and query, and asks in its language', async () => {
    answer = (_request, response) => json(response, { items: [], nextCursor: null });
    await client().get('/v1/ratings', { query: { rulebook: 'a b', period: '2026Q3', limit: 5 } });
    expect(seen[0]).toMatchObject({
      url: '/v1/ratings?rulebook=a+b&period=2026Q3&limit=5',
      headers: { 'accept-language': 'en' },
    });
  });

  it('sends data again when the service has caught up with what waits, as late as it asks for', async () => {
    const problem = {
      type: 'urn:tanxiao:problem:backlog-full',
      ...{ title: 'Too much is waiting', status: 503, detail: '…', instance: '/v1/submissions' },
    };
    const refusedAt: number[] = [];
    answer = (_request, response) => {
      if (refusedAt.length === 2) {
        json(response, { kept: 1 }, 202);
        return;
      }
      refusedAt.push(performance.now());
      response.setHeader('retry-after', '1');
      json(response, problem, 503);
    };
    const body = { rulebook: 'r', period: '2026', submissions: [] };
    expect(await client().submit(body, { idempotencyKey: 'same' })).toEqual({ kept: 1 });
    expect(seen.map(({ headers }) => headers['idempotency-key'])).toEqual(Array(3).fill('same'));
    expect(refusedAt[1]! - refusedAt[0]!).toBeGreaterThan(990);

    refusedAt.length = 0;
    const { port } = server.address() as AddressInfo;
    const impatient = new TanxiaoClient({
      baseUrl: `http://127.0.0.1:${port}`,
      backlogPatienceSeconds: 0,
    });
    await expect(impatient.submit(body)).rejects.toMatchObject({
      code: 'backlog-full',
      retryAfterSeconds: 1,
    });
  });

  it('a problem becomes an error that holds all of it', async () => {
    const problem = {
      type: 'urn:tanxiao:problem:not-found',
      title: 'Not found',
      status: 404,
      detail: 'run x does not exist',
      instance: '/v1/runs/x',
    };
    answer = (_request, response) => json(response, problem, 404);
    const failure = await client()
      .replay('x')
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ClientError);
    expect(failure).toMatchObject({ status: 404, code: 'not-found', problem, requestId: 'r-1' });
  });

  it('an answer of something else is not taken for one of the API', async () => {
    answer = (_request, response) => response.writeHead(502).end('<html>');
    await expect(client().replay('x')).rejects.toThrow(ConnectionError);
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as AddressInfo;
    closed.close();
    const nobody = new TanxiaoClient({ baseUrl: `http://127.0.0.1:${port}` });
    await expect(nobody.replay('x')).rejects.toThrow(
      /no answer from http:\/\/127.0.0.1:\d+: .*ECONNREFUSED/,
    );
  });

  it('goes through all pages', async () => {
    answer = (request, response) => {
      const cursor = new URL(request.url!, 'http://x').searchParams.get('cursor');
      json(
        response,
        cursor === null
          ? { items: [{ id: 1 }], nextCursor: 'n' }
          : { items: [{ id: 2 }], nextCursor: null },
      );
    };
    const ids: unknown[] = [];
    for await (const { id } of client().ratings({ rulebook: 'r', period: '2026Q3' })) ids.push(id);
    expect(ids).toEqual([1, 2]);
  });

  it('streams an upload with its name and key', async () => {
    answer = (_request, response) => json(response, { id: 'u' }, 202);
    const upload = await client().uploadStream(
      Readable.from([Buffer.from('a,b\n'), Buffer.from('1,2\n')]),
      {
        rulebook: 'r',
        filename: '三季度.csv',
        partial: true,
        idempotencyKey: 'k',
      },
    );
    expect(upload.id).toBe('u');
    expect(seen[0]).toMatchObject({
      body: 'a,b\n1,2\n',
      headers: { 'idempotency-key': 'k', 'transfer-encoding': 'chunked' },
    });
    expect(decodeURIComponent(seen[0]!.url)).toContain('filename=三季度.csv');
  });

  it('sends a file again while the service still holds an earlier sending of it', async () => {
    const held = {
      type: 'urn:tanxiao:problem:idempotency-in-progress',
      title: 'The same request is in progress',
      status: 409,
      detail: 'retry',
      instance: '/v1/uploads',
    };
    answer = (_request, response) =>
      seen.length === 1 ? json(response, held, 409) : json(response, { id: 'u-1' }, 202);
    const request = { rulebook: 'r', idempotencyKey: 'k' };
    await expect(client().uploadFile(__filename, request)).resolves.toEqual({ id: 'u-1' });
    expect(seen.map(({ headers }) => headers['idempotency-key'])).toEqual(['k', 'k']);
    expect(seen[1]!.body).toBe(seen[0]!.body);
  });

  it('a file that is not there is told as such', async () => {
    answer = (_request, response) => json(response, {});
    const missing = path.join(__dirname, 'no-such-file.csv');
    await expect(client().uploadFile(missing, { rulebook: 'r' })).rejects.toThrow(/ENOENT/);
  });

  it('waits until the end, over a restart of the service, and tells the progress', async () => {
    let asked = 0;
    answer = (request, response) => {
      asked += 1;
      if (asked === 2) request.socket.destroy();
      else if (asked === 3)
        json(
          response,
          { type: 'urn:tanxiao:problem:unavailable', title: '', detail: '', status: 503 },
          503,
        );
      else json(response, { id: 'r', state: asked < 5 ? 'benchmarked' : 'ranked' });
    };
    const states: string[] = [];
    const run = await client().waitForRun('r', {
      pollMs: 1,
      onProgress: ({ state }) => states.push(state),
    });
    expect(run.state).toBe('ranked');
    expect(states).toEqual(['benchmarked', 'benchmarked', 'ranked']);
  });

  it('gives up waiting in time and says what the state was', async () => {
    answer = (_request, response) => json(response, { id: 'u', state: 'checking' });
    await expect(client().waitForUpload('u', { pollMs: 5, timeoutSeconds: 0.05 })).rejects.toThrow(
      WaitTimeoutError,
    );
  });
});
