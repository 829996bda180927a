import type { ProblemView } from '@tanxiao/contracts';

import { type ApiUnderTest, startApi } from '../testing/api-under-test';
import { sendRaw } from '../testing/raw-http';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const json = { 'content-type': 'application/json' };

describe('every mistake gets problem details with its own status', () => {
  it.each<[string, number, string, RequestInit]>([
    ['/nowhere', 404, 'not-found', {}],
    ['/V1/rulebooks', 404, 'not-found', {}],
    ['/v1/rulebooks', 405, 'method-not-allowed', { method: 'DELETE' }],
    ['/v1/ratings/export', 405, 'method-not-allowed', { method: 'POST' }],
    ['/v1/submissions', 400, 'invalid-json', { method: 'POST', headers: json, body: '{"a":' }],
    ['/v1/submissions', 400, 'invalid-json', { method: 'POST', headers: json, body: '' }],
    [
      '/v1/submissions',
      400,
      'invalid-json',
      { method: 'POST', headers: json, body: Buffer.from([0x22, 0xff, 0x22]) },
    ],
    [
      '/v1/submissions',
      400,
      'invalid-json',
      { method: 'POST', headers: json, body: '['.repeat(1_000_000) },
    ],
    [
      '/v1/submissions',
      415,
      'unsupported-media-type',
      { method: 'POST', headers: { 'content-type': 'text/xml' }, body: '<a/>' },
    ],
    [
      '/v1/submissions',
      415,
      'unsupported-media-type',
      { method: 'POST', headers: { ...json, 'content-encoding': 'gzip' }, body: '{}' },
    ],
    ['/v1/rulebooks/%E0%A4%A', 400, 'malformed-request', {}],
    ['/v1/ratings?rulebook=%', 400, 'malformed-request', {}],
    ['/v1/rulebooks?unknown=1', 400, 'invalid-request', {}],
    ['/v1/runs?cursor=bogus', 400, 'invalid-request', {}],
    ['/v1/runs?limit=0', 400, 'invalid-request', {}],
    ['/v1/runs?limit=1&limit=2', 400, 'invalid-request', {}],
    ['/v1/runs?cursor=%00', 400, 'invalid-request', {}],
    ['/', 406, 'not-acceptable', { headers: { accept: 'image/png' } }],
    ['/v1/rulebooks', 403, 'not-this-host', { headers: { origin: 'http://evil.example' } }],
  ])('%s → %i %s', async (path, status, code, init) => {
    const answer = await api.ask<ProblemView>(path, init);
    expect([answer.status, answer.body.type]).toEqual([status, `urn:tanxiao:problem:${code}`]);
    expect(answer.body.instance).toBe(path);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('a body above the limit is refused by its announced length and by its real one', async () => {
    const announced = await sendRaw(
      api.url,
      `POST /v1/submissions HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 999999999\r\n\r\n{`,
    );
    expect(announced.status).toBe(413);
    expect(announced.body).toContain('20 MB');
    const body = `{"a":"${'x'.repeat(21 * 1024 * 1024)}"}`;
    const real = await api.ask<ProblemView>('/v1/submissions', {
      method: 'POST',
      headers: json,
      body: new Blob([body]).stream() as ReadableStream,
      duplex: 'half',
    });
    expect(real.status).toBe(413);
  });

  it('405 names what is allowed, and OPTIONS tells it', async () => {
    const wrong = await api.ask('/v1/submissions', { method: 'PUT' });
    expect(wrong.headers.get('allow')).toBe('POST, GET, HEAD');
    const options = await fetch(`${api.url}/v1/submissions`, { method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'POST, GET, HEAD']);
  });

  it('HEAD answers as GET does, without a body', async () => {
    const response = await fetch(`${api.url}/v1/rulebooks`, { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
  });
});

describe('what is no proper HTTP', () => {
  it.each<[string, string, number]>([
    [
      'headers beyond the limit',
      `GET / HTTP/1.1\r\nhost: localhost\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`,
      431,
    ],
    ['a request line beyond the limit', `GET /${'y'.repeat(20_000)} HTTP/1.1\r\n\r\n`, 431],
    ['garbage', '\x00\x01\x02\r\n\r\n', 400],
    [
      'two content lengths',
      'POST /v1/runs HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n',
      400,
    ],
    [
      'length and chunks at once',
      'POST /v1/runs HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    [
      'broken chunks',
      'POST /v1/runs HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n',
      400,
    ],
    ['a header with a line break', 'GET / HTTP/1.1\r\nhost: localhost\r\nx: a\nb: c\r\n\r\n', 400],
  ])('%s gets problem details too', async (_name, bytes, status) => {
    const answer = await sendRaw(api.url, bytes);
    expect(answer.status).toBe(status);
    expect(answer.head).toMatch(/content-type: application\/problem\+json/i);
    expect(JSON.parse(answer.body)).toMatchObject({ status });
  });

  it('a name of another machine is refused: a web page cannot rebind its name to this service', async () => {
    const answer = await sendRaw(
      api.url,
      'GET /v1/rulebooks HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\n\r\n',
    );
    expect(answer.status).toBe(403);
  });

  it('an expectation nobody knows does not leave the client waiting', async () => {
    const answer = await sendRaw(
      api.url,
      'GET /v1/rulebooks HTTP/1.1\r\nhost: localhost\r\nexpect: miracles\r\nconnection: close\r\n\r\n',
      { end: false },
    );
    expect(answer.status).toBe(200);
  });
});

describe('request ids', () => {
  it('the client’s own goes back; one unfit for a log line is replaced', async () => {
    const given = await api.ask('/v1/rulebooks', { headers: { 'request-id': 'abc-1' } });
    expect(given.headers.get('request-id')).toBe('abc-1');
    for (const bad of ['a b', 'x'.repeat(129), 'ä'])
      expect(
        (await api.ask('/v1/rulebooks', { headers: { 'request-id': bad } })).headers.get(
          'request-id',
        ),
      ).toMatch(/^[0-9a-f-]{36}$/);
  });
});
