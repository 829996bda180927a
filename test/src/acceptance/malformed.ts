/** Requests that no honest client would send; a seed reproduces them. */
import type { Random } from '../agreement/random';

export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: Buffer | null;
}

const RULEBOOK = 'industrial-carbon-efficiency';
const GOOD_ITEM = {
  uscc: '91330000MA27X0007U',
  regionCode: '330502',
  industryCode: '1751',
  inputs: { value_added_10k_cny: 829, carrier_33: 100 },
};
const CSV = `uscc,name,region_code,industry_code,value_added_10k_cny,carrier_33\n91330000MA27X0007U,示例,330502,1751,829,100\n91330100MA2ABCDEXG,示例,330502,1751,"1,000",20\n`;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const ODD_VALUES: readonly unknown[] = [
  null,
  true,
  -1,
  1e308,
  '12345678901234567890',
  '',
  'NaN',
  '１２',
  '0x10',
  '\u0000',
  '😀',
  [],
  {},
  [[[]]],
  { __proto__: null },
  'a'.repeat(5000),
  '=1+1',
  "'; DROP TABLE ratings; --",
  '../../etc/passwd',
  '2026Q9',
];

/** @param template a sound workbook, to be broken */
export function malformedRequest(random: Random, template: Buffer): RawRequest {
  const kind = random.pick([
    brokenJson,
    oddJson,
    brokenCsv,
    brokenXlsx,
    brokenMultipart,
    oddAddress,
    oddHeaders,
  ] as const);
  return kind(random, template);
}

function post(path: string, type: string, body: Buffer): RawRequest {
  return { method: 'POST', path, headers: { 'content-type': type }, body };
}

function brokenJson(random: Random): RawRequest {
  const text = JSON.stringify({ rulebook: RULEBOOK, period: '2026Q3', submissions: [GOOD_ITEM] });
  const path = random.pick(['/v1/submissions', '/v1/submissions', '/v1/runs']);
  return post(path, 'application/json', mutated(Buffer.from(text), random));
}

/** Sound JSON of the wrong shape: a value anywhere replaced by something odd. */
function oddJson(random: Random): RawRequest {
  const body: Record<string, unknown> = {
    rulebook: RULEBOOK,
    period: '2026Q3',
    partial: random.chance(0.5),
    submissions: [{ ...GOOD_ITEM, inputs: { ...GOOD_ITEM.inputs } }],
  };
  const item = (body.submissions as Record<string, unknown>[])[0]!;
  const inputs = item.inputs as Record<string, unknown>;
  const holder = random.pick([body, item, inputs]);
  const keys = [...Object.keys(holder), 'unknown_field', '__proto__', 'constructor', 'carrier_99'];
  Object.defineProperty(holder, random.pick(keys), {
    value: random.pick(ODD_VALUES),
    enumerable: true,
    configurable: true,
  });
  const text = random.chance(0.1)
    ? `${'['.repeat(random.integer(1, 50_000))}1`
    : JSON.stringify(body);
  return post('/v1/submissions', 'application/json', Buffer.from(text));
}

function brokenCsv(random: Random): RawRequest {
  const bytes = mutated(Buffer.from(CSV), random);
  return post(
    uploadPath(random, 'a.csv'),
    random.pick(['text/csv', 'text/csv; charset=gbk', 'application/octet-stream', XLSX]),
    bytes,
  );
}

function brokenXlsx(random: Random, template: Buffer): RawRequest {
  const bytes = random.chance(0.5) ? mutated(template, random) : noise(random, 2000);
  return post(
    uploadPath(random, 'a.xlsx'),
    random.pick([XLSX, XLSX, 'application/octet-stream', 'text/csv']),
    bytes,
  );
}

function brokenMultipart(random: Random): RawRequest {
  const body = `--b\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\ncontent-type: text/csv\r\n\r\n${CSV}\r\n--b--\r\n`;
  const type = random.pick([
    'multipart/form-data; boundary=b',
    'multipart/form-data',
    'multipart/form-data; boundary=',
    'multipart/form-data; boundary=other',
  ]);
  return post(uploadPath(random, 'a.csv'), type, mutated(Buffer.from(body), random));
}

function oddAddress(random: Random): RawRequest {
  const value = random.pick(ODD_VALUES);
  const odd = encodeURIComponent(typeof value === 'string' ? value : JSON.stringify(value));
  const resource = random.pick([
    'ratings',
    'rankings',
    'distribution',
    'benchmarks',
    'runs',
    'uploads',
    'submissions',
    'ratings/export',
    'rulebooks',
    'factor-sets',
    'nothing',
  ]);
  const path = random.pick([
    `/v1/${resource}?cursor=${odd}`,
    `/v1/${resource}?limit=${odd}&rulebook=${RULEBOOK}&period=${odd}`,
    `/v1/${resource}?rulebook=${odd}&period=2026Q3&region=${odd}&industry=${odd}&grade=${odd}`,
    `/v1/${resource}/${odd}`,
    `/v1/${resource}/01a2059a-73d4-73e2-a541-1e457151d13d/${odd}`,
    `/v1/${resource}/%E0%A4%A`,
    `/v1/${resource}?a=1&a=2&rulebook[]=x&rulebook[__proto__][x]=1`,
    `/v1/rulebooks/${RULEBOOK}/template?format=${odd}&language=${odd}`,
  ]);
  return {
    method: random.pick(['GET', 'GET', 'DELETE', 'PUT', 'HEAD', 'OPTIONS', 'PATCH']),
    path,
    headers: {},
    body: null,
  };
}

function oddHeaders(random: Random): RawRequest {
  const headers: Record<string, string> = {
    'content-type': random.pick([
      'application/json',
      'text/plain',
      'application/json; charset=utf-7',
      'x',
      'application/x-www-form-urlencoded',
    ]),
    'idempotency-key': random.pick(['', 'k', 'k'.repeat(5000), 'a b', '"k"']),
    'accept-language': random.pick(['zh', 'en;q=abc', '*', ','.repeat(2000)]),
    accept: random.pick(['application/xml', '*/*', 'text/plain;q=9']),
    'request-id': random.pick(['x', 'x'.repeat(3000)]),
  };
  if (random.chance(0.2)) headers['content-encoding'] = random.pick(['gzip', 'br', 'nonsense']);
  const text = JSON.stringify({ rulebook: RULEBOOK, period: 'never', submissions: [GOOD_ITEM] });
  return { method: 'POST', path: '/v1/submissions', headers, body: Buffer.from(text) };
}

function uploadPath(random: Random, filename: string): string {
  const query = new URLSearchParams({
    rulebook: random.chance(0.9) ? RULEBOOK : 'nothing',
    filename,
  });
  if (random.chance(0.8)) query.set('period', random.pick(['2026Q2', '2026Q9', '']));
  query.set('partial', random.pick(['true', 'false', 'perhaps']));
  return `/v1/uploads?${query.toString()}`;
}

/** Cut, flipped, doubled or filled bytes: at least one change. */
function mutated(bytes: Buffer, random: Random): Buffer {
  let result = Buffer.from(bytes);
  for (let change = random.integer(1, 6); change > 0; change--) {
    const at = random.integer(0, Math.max(result.length - 1, 0));
    const insert = noise(random, 20);
    result = random.pick([
      () => result.subarray(0, at),
      () => Buffer.concat([result.subarray(0, at), insert, result.subarray(at)]),
      () => Buffer.concat([result.subarray(0, at), result.subarray(at + random.integer(1, 50))]),
      () =>
        Buffer.concat([
          result.subarray(0, at),
          Buffer.from([random.integer(0, 255)]),
          result.subarray(at + 1),
        ]),
      () => Buffer.concat([result, result.subarray(at)]),
    ])();
  }
  return result;
}

function noise(random: Random, most: number): Buffer {
  return Buffer.from(Array.from({ length: random.integer(1, most) }, () => random.integer(0, 255)));
}
