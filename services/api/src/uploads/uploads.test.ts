import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import type { ProblemView } from '@tanxiao/contracts';
import {
  claimUpload,
  inTransaction,
  moveUpload,
  recordUploadErrors,
  saveUploadProgress,
} from '@tanxiao/store';

import { type ApiUnderTest, startApi } from '../testing/api-under-test';
import { CSV_HEADER, csvRow, PERIOD, RULEBOOK } from '../testing/sample-submissions';
import type { UploadAnswer } from './schemas';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const to = `/v1/uploads?rulebook=${RULEBOOK}&period=${PERIOD}`;
const csv = `${CSV_HEADER}\n${csvRow(1)}\n${csvRow(2)}\n`;

const upload = <Body = UploadAnswer>(
  body: string,
  headers: Record<string, string> = {},
  url = to,
) =>
  api.ask<Body>(url, { method: 'POST', headers: { 'content-type': 'text/csv', ...headers }, body });

async function storedBytes(id: string): Promise<Buffer> {
  const { rows } = await api.pool.query<{ bytes: Buffer }>(
    'SELECT bytes FROM tanxiao.upload_chunks WHERE upload_id = $1 ORDER BY seq',
    [id],
  );
  return Buffer.concat(rows.map(({ bytes }) => bytes));
}

describe('POST /v1/uploads', () => {
  it('keeps the bytes as they came and tells the worker', async () => {
    const { status, body, headers } = await upload(csv);
    expect(status).toBe(202);
    expect(body).toMatchObject({ state: 'received', format: 'csv', bytes: Buffer.byteLength(csv) });
    expect(body.sha256).toBe(createHash('sha256').update(csv).digest('hex'));
    expect(headers.get('location')).toBe(body.links.self);
    expect((await storedBytes(body.id)).toString()).toBe(csv);
    const { rows } = await api.pool.query(
      "SELECT FROM tanxiao.outbox WHERE topic = 'import' AND upload_id = $1",
      [body.id],
    );
    expect(rows).toHaveLength(1);
    const original = await api.ask<string>(body.links.original);
    expect(original.body).toBe(csv);
  });

  it('a form with one file is the same as the file', async () => {
    const form = new FormData();
    form.set('note', 'ignored');
    form.set('file', new Blob([csv], { type: 'text/csv' }), '三季度.csv');
    const { status, body } = await api.ask<UploadAnswer>(to, { method: 'POST', body: form });
    expect(status).toBe(202);
    expect(body.filename).toBe('三季度.csv');
    expect((await storedBytes(body.id)).toString()).toBe(csv);
  });

  it('the format comes from the type, or else from the name', async () => {
    const type = { 'content-type': 'application/octet-stream' };
    expect((await upload('PK', type, `${to}&filename=a.XLSX`)).body.format).toBe('xlsx');
    const unknown = await upload<ProblemView>('x', type, `${to}&filename=a.pdf`);
    expect([unknown.status, unknown.body.type]).toEqual([
      415,
      'urn:tanxiao:problem:unsupported-media-type',
    ]);
    expect((await upload('x', { 'content-type': 'application/pdf' })).status).toBe(415);
  });

  it.each([
    ['no file', new FormData()],
    ['another field', formWith('other', 1)],
    ['two files', formWith('file', 2)],
  ])('a form with %s is refused and nothing is kept', async (_name, form) => {
    const count = async () => (await api.pool.query('SELECT FROM tanxiao.uploads')).rowCount;
    const before = await count();
    const { status } = await api.ask(to, { method: 'POST', body: form });
    expect(status).toBe(400);
    expect(await count()).toBe(before);
  });

  it('a folder in a name and marks that turn its direction are dropped', async () => {
    const name = encodeURIComponent('../..\\a\u202etxt.csv');
    expect((await upload(csv, {}, `${to}&filename=${name}`)).body.filename).toBe('atxt.csv');
  });

  it('an unknown rulebook or a period without one is told before the file is read', async () => {
    expect((await upload(csv, {}, '/v1/uploads?rulebook=nope')).status).toBe(400);
    expect((await upload(csv, {}, `/v1/uploads?rulebook=${RULEBOOK}&period=1999`)).status).toBe(
      400,
    );
  });

  it('the same key and content: one upload, one answer; other content is refused', async () => {
    const key = { 'idempotency-key': 'file-1' };
    const first = await upload(csv, key);
    const again = await upload(csv, key);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect((await upload(`${csv}x`, key)).status).toBe(422);
    expect((await upload(csv, key, `${to}&partial=true`)).status).toBe(422);
  });

  it('a broken-off upload stays receiving, and a re-send with its key replaces the bytes', async () => {
    const key = 'file-broken';
    const big = Buffer.alloc(3 * 1024 * 1024, 'x');
    const { port } = new URL(api.url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(
      `POST ${to} HTTP/1.1\r\nhost: localhost\r\ncontent-type: text/csv\r\nidempotency-key: ${key}\r\ncontent-length: ${big.length}\r\n\r\n`,
    );
    socket.write(big.subarray(0, 2_500_000));
    const receiving = async () =>
      (await api.ask<{ items: UploadAnswer[] }>('/v1/uploads?state=receiving')).body.items.at(0);
    while (((await receiving())?.bytes ?? 0) < 2 * 1024 * 1024) await sleep(20);
    expect((await upload('x', { 'idempotency-key': key })).status).toBe(409);
    socket.destroy();
    const broken = (await receiving())!;
    expect((await api.ask(broken.links.original)).status).toBe(409);
    let again = await upload(csv, { 'idempotency-key': key });
    for (let n = 0; again.status === 409 && n < 100; n++) {
      await sleep(20);
      again = await upload(csv, { 'idempotency-key': key });
    }
    expect(again.body).toMatchObject({
      id: broken.id,
      state: 'received',
      bytes: Buffer.byteLength(csv),
    });
    expect((await storedBytes(broken.id)).toString()).toBe(csv);
  });

  it('more than the limit is refused by its announced length', async () => {
    const { port } = new URL(api.url);
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1');
      socket.write(
        `POST ${to} HTTP/1.1\r\nhost: localhost\r\ncontent-type: text/csv\r\ncontent-length: 536870913\r\n\r\n`,
      );
      socket.once('data', (data) => {
        resolve(data.toString());
        socket.destroy();
      });
    });
    expect(answer).toMatch(/^HTTP\/1.1 413/);
    expect(answer).toContain('512 MB');
  });

  it('no more than eight are taken in at once; the ninth is told to come again', async () => {
    const { port } = new URL(api.url);
    const sockets = Array.from({ length: 8 }, () => {
      const socket = connect(Number(port), '127.0.0.1');
      socket.write(
        `POST ${to} HTTP/1.1\r\nhost: localhost\r\ncontent-type: text/csv\r\ncontent-length: 100\r\n\r\nx`,
      );
      return socket;
    });
    const receiving = async () =>
      (await api.ask<{ items: unknown[] }>('/v1/uploads?state=receiving')).body.items.length;
    while ((await receiving()) < 8) await sleep(20);
    let ninth = await upload(csv);
    expect(ninth.status).toBe(429);
    expect(ninth.headers.get('retry-after')).toBe('5');
    for (const socket of sockets) socket.destroy();
    for (let n = 0; ninth.status === 429 && n < 100; n++) {
      await sleep(20);
      ninth = await upload(csv);
    }
    expect(ninth.status).toBe(202);
  });
});

describe('errors of an upload', () => {
  it('are paged, counted, and given back beside the rows', async () => {
    const { body } = await upload(csv, {}, `${to}&filename=q3.csv`);
    expect((await api.ask(body.links.annotated)).status).toBe(409);
    await reject(body.id);
    const first = await api.ask<{ items: { row: number }[]; nextCursor: string; errors: number }>(
      `${body.links.errors}?limit=2`,
    );
    expect(first.body).toMatchObject({ errors: 3, items: [{ row: 2 }, { row: 2 }] });
    const second = await api.ask<{ items: { row: number; column: string }[]; nextCursor: null }>(
      `${body.links.errors}?limit=2&cursor=${first.body.nextCursor}`,
    );
    expect(second.body).toMatchObject({ items: [{ row: 3, column: 'uscc' }], nextCursor: null });

    const annotated = await fetch(api.url + body.links.annotated);
    expect(annotated.headers.get('content-disposition')).toContain('q3-errors.csv');
    const bytes = Buffer.from(await annotated.arrayBuffer());
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(bytes.toString()).toMatch(/x_errors_zh[^]*行政区划/);
    const state = await api.ask<UploadAnswer>(body.links.self);
    expect(state.body).toMatchObject({ state: 'rejected', rows: { read: 2, rejected: 2 } });
  });
});

/** What the worker does with a file whose two rows are bad. */
async function reject(uploadId: string): Promise<void> {
  const by = { actor: 'test', requestId: 'test' };
  await claimUpload(api.pool, { uploadId, holder: 'test' });
  await recordUploadErrors(
    api.pool,
    uploadId,
    [
      {
        row: 2,
        issues: [
          { code: 'unknown-region', row: 2, column: 'region_code', seen: '33' },
          { code: 'required', row: 2, column: 'name', params: { title: '名称', titleEn: 'Name' } },
        ],
      },
      { row: 3, issues: [{ code: 'uscc-length', row: 3, column: 'uscc', seen: 'x' }] },
    ],
    by,
  );
  await inTransaction(api.pool, async (tx) => {
    await saveUploadProgress(tx, {
      ...{ uploadId, holder: 'test', rowsRead: 2, rowsRejected: 2, errors: 3 },
    });
    await moveUpload(tx, { uploadId, from: ['received'], to: 'checking' });
    await moveUpload(tx, { uploadId, from: ['checking'], to: 'rejected' });
  });
}

function formWith(field: string, files: number): FormData {
  const form = new FormData();
  for (let n = 0; n < files; n++) form.append(field, new Blob([csv]), `${n}.csv`);
  return form;
}
