/** Whatever a client sends: never a 5xx, never a hang, never an answer without problem details. */
import fc from 'fast-check';

import { routes } from '../routes';
import { type ApiUnderTest, startApi } from './api-under-test';
import { sendRaw } from './raw-http';
import { CSV_HEADER, PERIOD, RULEBOOK, sampleItem, sampleRequest } from './sample-submissions';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

/** Bounded: the machine is shared, and the seeds differ from run to run. */
const RUNS = { numRuns: 60, interruptAfterTimeLimit: 20_000, endOnFailure: true };

const ids = fc.constantFrom(
  '01890000-0000-7000-8000-000000000000',
  '00000000-0000-0000-0000-000000000000',
  'industrial-carbon-efficiency',
  'x',
  '%00',
  '..%2f',
  "';--",
);
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '\u0000',
    '%00',
    '-1',
    '1e999',
    'null',
    '{}',
    '[]',
    '__proto__',
    "'",
    '🌍',
    '2026Q3',
    '91330500MA0DEMO01A',
  ),
);
const names = fc.constantFrom(
  ...['rulebook', 'period', 'uscc', 'localId', 'industry', 'region', 'grade', 'outcome', 'state'],
  ...['runId', 'cursor', 'limit', 'by', 'format', 'language', 'version', 'partial', 'filename'],
  ...['__proto__', 'constructor', ''],
);

async function answered(path: string, init: RequestInit = {}): Promise<void> {
  const { status } = await api.ask(path, { ...init, signal: AbortSignal.timeout(15_000) });
  expect(status).toBeLessThan(500);
}

const encoded = (text: string): string => encodeURIComponent(Buffer.from(text).toString('utf8'));

describe('hostile requests', () => {
  it('any path and query', async () => {
    const gets = routes.filter(({ method }) => method === 'get');
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...gets),
        ids,
        fc.array(fc.tuple(names, hostile), { maxLength: 5 }),
        fc.boolean(),
        async (route, id, pairs, withBasics) => {
          const path = route.url.replaceAll(/\{\w+\}/g, id);
          const query = [
            ...(withBasics ? [`rulebook=${RULEBOOK}&period=${PERIOD}`] : []),
            ...pairs.map(([name, value]) => `${name}=${encoded(value)}`),
          ];
          await answered(`${path}?${query.join('&')}`);
        },
      ),
      RUNS,
    );
  });

  it('any JSON for any JSON route, also under an Idempotency-Key', async () => {
    const paths = [
      '/v1/submissions',
      '/v1/runs',
      '/v1/runs/01890000-0000-7000-8000-000000000000/publish',
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...paths),
        fc.oneof(fc.json(), fc.string({ unit: 'binary' }), nearlyRight()),
        fc.option(fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 30 }), {
          nil: undefined,
        }),
        async (path, body, key) => {
          await answered(path, {
            method: 'POST',
            headers: {
              'content-type': 'application/json',
              ...(key === undefined ? {} : { 'idempotency-key': key }),
            },
            body,
          });
        },
      ),
      RUNS,
    );
  });

  it('any bytes as csv, xlsx or a form', async () => {
    const types = [
      'text/csv',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'application/octet-stream',
      'multipart/form-data',
      'multipart/form-data; boundary=x',
      'multipart/form-data; boundary=',
      'text/csv; charset=;;;',
      '/',
    ];
    const formStart = Buffer.from(
      '--x\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n',
    );
    const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...types),
        fc.oneof(
          bytes,
          bytes.map((tail) => Buffer.concat([formStart, tail])),
          bytes.map((tail) => Buffer.concat([formStart, tail, Buffer.from('\r\n--x--\r\n')])),
          bytes.map((tail) => Buffer.concat([Buffer.from('PK\x03\x04'), tail])),
          bytes.map((tail) => Buffer.concat([Buffer.from(`${CSV_HEADER}\n`), tail])),
        ),
        fc.constantFrom('a.csv', 'a.xlsx', 'a.txt', '', '\u202e.csv', 'x'.repeat(300)),
        async (type, body, filename) => {
          await answered(`/v1/uploads?rulebook=${RULEBOOK}&filename=${encoded(filename)}`, {
            method: 'POST',
            headers: { 'content-type': type },
            body,
          });
        },
      ),
      RUNS,
    );
  });

  it('any bytes instead of HTTP', async () => {
    const line = fc.constantFrom(
      'GET /v1/rulebooks HTTP/1.1',
      'POST /v1/submissions HTTP/1.1',
      'POST /v1/uploads?rulebook=industrial-carbon-efficiency HTTP/1.1',
      'CONNECT x HTTP/1.1',
      'PRI * HTTP/2.0',
    );
    const header = fc.oneof(
      fc.constantFrom(
        'host: localhost',
        'content-length: 5',
        'content-length: -1',
        'transfer-encoding: chunked',
        'expect: 100-continue',
        'connection: upgrade\r\nupgrade: websocket',
        'content-type: application/json',
        'content-type: multipart/form-data; boundary=x',
        'accept-language: *;q=9, zh;q=abc, ,',
        'if-none-match: "',
        'range: bytes=0-',
      ),
      fc.string({ unit: 'binary', maxLength: 30 }),
    );
    await fc.assert(
      fc.asyncProperty(
        line,
        fc.array(header, { maxLength: 6 }),
        fc.uint8Array({ maxLength: 60 }),
        async (start, headers, tail) => {
          const head = [start, ...headers, 'connection: close', '', ''].join('\r\n');
          const answer = await sendRaw(
            api.url,
            Buffer.concat([Buffer.from(head), Buffer.from(tail)]),
          );
          expect(answer.status).toBeLessThan(500);
        },
      ),
      RUNS,
    );
  });

  it('after all of it the service still does its work', async () => {
    const { status } = await api.post('/v1/submissions', sampleRequest([sampleItem(999)]));
    expect(status).toBe(202);
  });
});

/** A good request with one thing replaced by anything. */
function nearlyRight(): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.constantFrom(
        'rulebook',
        'period',
        'submissions',
        'partial',
        'uscc',
        'name',
        'inputs',
        'carrier_33',
      ),
      fc.jsonValue(),
    )
    .map(([field, value]) =>
      JSON.stringify(sampleRequest([sampleItem(998)]), (key, old: unknown) =>
        key === field ? value : old,
      ),
    );
}
