import { randomBytes } from 'node:crypto';

import type { Issue } from '@tanxiao/contracts';

import {
  appendUploadChunk,
  claimOutbox,
  claimReceiving,
  claimUpload,
  createUpload,
  deleteOutbox,
  discardReceiving,
  finishReceiving,
  getUpload,
  inTransaction,
  keepRatings,
  keepSubmissions,
  listUploadErrors,
  listUploads,
  loadOutbox,
  moveUpload,
  type NewUpload,
  readUploadChunks,
  recordRatingFailure,
  recordUploadErrors,
  releaseUploadClaim,
  renewUploadClaim,
  type RowErrors,
  saveUploadProgress,
  streamUploadErrors,
  type UploadCreation,
} from './index';
import { openDatabase, type StoreDatabase } from './testing/database';
import {
  BY,
  HASHES,
  INPUT_NAMES,
  keepDocuments,
  PERIOD,
  ratingOf,
  RULEBOOK,
  submissionOf,
} from './testing/fixtures';

describe('an upload', () => {
  let database: StoreDatabase;
  let keys = 0;
  beforeAll(async () => {
    database = await openDatabase();
    await keepDocuments(database.pool);
  });
  afterAll(() => database.drop());

  const create = (changes: Partial<NewUpload> = {}): Promise<UploadCreation> =>
    inTransaction(database.pool, (tx) =>
      createUpload(
        tx,
        {
          rulebookId: RULEBOOK,
          period: PERIOD,
          filename: `季报'; DROP TABLE x; --.csv`,
          format: 'csv',
          partial: true,
          idempotencyKey: `key-${keys++}`,
          fingerprint: 'fingerprint',
          holder: 'api-1',
          ...changes,
        },
        BY,
      ),
    );

  const received = async (): Promise<string> => {
    const { upload } = await create();
    await inTransaction(database.pool, (tx) =>
      finishReceiving(tx, { uploadId: upload.id, holder: 'api-1', sha256: 'ab' }),
    );
    return upload.id;
  };

  it('is made once per actor and key, also by many requests at once; another content is told apart', async () => {
    const made = await Promise.all(
      Array.from({ length: 10 }, () => create({ idempotencyKey: 'same' })),
    );
    expect(made.filter(({ outcome }) => outcome === 'created')).toHaveLength(1);
    expect(new Set(made.map(({ upload }) => upload.id)).size).toBe(1);
    expect((await create({ idempotencyKey: 'same', fingerprint: 'other' })).outcome).toBe(
      'mismatch',
    );
    const without = [
      await create({ idempotencyKey: null }),
      await create({ idempotencyKey: null }),
    ];
    expect(without.map(({ outcome }) => outcome)).toEqual(['created', 'created']);
  });

  it('gives its bytes back as they came, one chunk at a time, and holds no connection meanwhile', async () => {
    const { upload } = await create();
    const chunks = Array.from({ length: 5 }, () => randomBytes(100_000));
    for (const [seq, bytes] of chunks.entries())
      await appendUploadChunk(database.pool, { uploadId: upload.id, seq, bytes, holder: 'api-1' });
    await inTransaction(database.pool, (tx) =>
      finishReceiving(tx, { uploadId: upload.id, holder: 'api-1', sha256: 'ab' }),
    );
    const read: Buffer[] = [];
    for await (const chunk of readUploadChunks(database.pool, upload.id)) {
      expect(database.pool.totalCount - database.pool.idleCount).toBe(0);
      read.push(chunk);
    }
    expect(Buffer.concat(read).equals(Buffer.concat(chunks))).toBe(true);
    expect(await getUpload(database.pool, upload.id)).toMatchObject({
      state: 'received',
      bytes: 500_000,
      sha256: 'ab',
    });
    await expect(
      appendUploadChunk(database.pool, {
        uploadId: upload.id,
        seq: 5,
        bytes: Buffer.from('late'),
        holder: 'api-1',
      }),
    ).rejects.toMatchObject({ code: 'lease-lost' });
    await expect(
      database.pool.query('DELETE FROM tanxiao.upload_chunks WHERE upload_id = $1', [upload.id]),
    ).rejects.toThrow('refused');
  });

  it('whose receiver died is received anew from the first byte; a living receiver is left alone', async () => {
    const { upload } = await create({ leaseSeconds: 0.05 });
    const takeOver = (): Promise<boolean> =>
      inTransaction(database.pool, (tx) =>
        claimReceiving(tx, { uploadId: upload.id, holder: 'api-2' }),
      );
    const chunk = { uploadId: upload.id, seq: 0, bytes: Buffer.from('half'), holder: 'api-1' };
    await appendUploadChunk(database.pool, { ...chunk, leaseSeconds: 0.2 });
    expect(await takeOver()).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(await takeOver()).toBe(true);
    await expect(appendUploadChunk(database.pool, { ...chunk, seq: 1 })).rejects.toMatchObject({
      code: 'lease-lost',
    });
    expect((await getUpload(database.pool, upload.id))!.bytes).toBe(0);
    expect(
      await inTransaction(database.pool, (tx) =>
        discardReceiving(tx, { uploadId: upload.id, holder: 'api-2' }),
      ),
    ).toBe(true);
    expect(await getUpload(database.pool, upload.id)).toBeNull();
  });

  it('is imported by one of many workers, by another only after its lease', async () => {
    const uploadId = await received();
    const claims = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        claimUpload(database.pool, { uploadId, holder: `worker-${i}`, leaseSeconds: 0.3 }),
      ),
    );
    expect(claims.filter((state) => state === 'received')).toHaveLength(1);
    const holder = `worker-${claims.indexOf('received')}`;
    expect(await renewUploadClaim(database.pool, { uploadId, holder, leaseSeconds: 0.1 })).toBe(
      true,
    );
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(await claimUpload(database.pool, { uploadId, holder: 'next' })).toBe('received');
    expect(await renewUploadClaim(database.pool, { uploadId, holder })).toBe(false);
    // The late worker's transaction is fenced off.
    await expect(
      inTransaction(database.pool, (tx) =>
        saveUploadProgress(tx, { uploadId, holder, checkpointRow: 1000 }),
      ),
    ).rejects.toMatchObject({ code: 'lease-lost' });
    expect(
      await inTransaction(database.pool, (tx) =>
        moveUpload(tx, { uploadId, from: ['received'], to: 'checking', holder }),
      ),
    ).toBe(false);
    await releaseUploadClaim(database.pool, { uploadId, holder: 'next' });
    expect(await claimUpload(database.pool, { uploadId, holder: 'third' })).toBe('received');
  });

  it('moves by compare-and-set only', async () => {
    const uploadId = await received();
    const move = (): Promise<boolean> =>
      inTransaction(database.pool, (tx) =>
        moveUpload(tx, {
          uploadId,
          from: ['received', 'checking'],
          to: 'unreadable',
          problem: { code: 'bad', zh: '坏', en: 'bad' },
        }),
      );
    expect((await Promise.all([move(), move(), move()])).filter(Boolean)).toHaveLength(1);
    const upload = await getUpload(database.pool, uploadId);
    expect(upload).toMatchObject({ state: 'unreadable', problem: { zh: '坏' } });
    expect(upload!.finishedAt).toBeInstanceOf(Date);
    expect(await claimUpload(database.pool, { uploadId, holder: 'late' })).toBeNull();
  });

  it('counts as rated exactly what has a rating, at every moment', async () => {
    const uploadId = await received();
    await claimUpload(database.pool, { uploadId, holder: 'w' });
    const kept = await inTransaction(database.pool, async (tx) => {
      const items = Array.from({ length: 700 }, (_, i) => ({
        submission: submissionOf(`rated-${i}`),
        rowNumber: i + 2,
      }));
      const request = { rulebookId: RULEBOOK, inputNames: INPUT_NAMES, items, uploadId };
      const done = await keepSubmissions(tx, request, BY);
      await saveUploadProgress(tx, {
        uploadId,
        holder: 'w',
        rowsAccepted: 700,
        checkpointRow: 701,
      });
      return done;
    });
    const view = async (): Promise<[number, number, number]> => {
      const { rowsAccepted, rowsRated, rowsFailed } = (await getUpload(database.pool, uploadId))!;
      return [rowsAccepted, rowsRated, rowsFailed];
    };
    expect(await view()).toEqual([700, 0, 0]);
    const groups = await claimOutbox(database.pool);
    const poison = kept[600]!.id;
    for (const [i, expected] of [
      [700, 500, 0],
      [700, 699, 1],
    ].entries()) {
      const rows = await loadOutbox(database.pool, groups[i]!.outboxIds);
      await inTransaction(database.pool, async (tx) => {
        const ids = rows.flatMap(({ submissionIds }) => submissionIds);
        const ratings = ids.filter((id) => id !== poison).map((id) => ratingOf(id));
        await keepRatings(tx, { ...HASHES, benchmarkRunId: null, ratings }, BY);
        if (ids.includes(poison))
          await recordRatingFailure(
            tx,
            { submissionId: poison, runId: null, ...HASHES, error: 'defect' },
            BY,
          );
        await deleteOutbox(tx, groups[i]!.outboxIds);
      });
      expect(await view()).toEqual(expected);
    }
  });

  it('keeps each error once, in the order of rows, however often it is recorded', async () => {
    const uploadId = await received();
    const issue = (seen: string): Issue => ({
      code: 'not-a-number',
      column: 'carrier_33',
      seen,
      params: { unit: `"'\\` },
    });
    const errors: RowErrors[] = Array.from({ length: 900 }, (_, i) => ({
      row: i + 2,
      issues: [issue(`a"\\${i}`), issue('nul \u0000')],
    }));
    for (let i = 0; i < 2; i++) await recordUploadErrors(database.pool, uploadId, errors, BY);
    const first = await listUploadErrors(database.pool, { uploadId, limit: 3 });
    expect(first.map(({ row, ordinal }) => [row, ordinal])).toEqual([
      [2, 0],
      [2, 1],
      [3, 0],
    ]);
    expect(first[0]!.issue).toEqual({ ...issue(`a"\\0`), row: 2 });
    const second = await listUploadErrors(database.pool, { uploadId, after: first[2], limit: 1 });
    expect(second[0]).toMatchObject({ row: 3, ordinal: 1, issue: { seen: 'nul \ufffd' } });
    const rows: RowErrors[] = [];
    for await (const row of streamUploadErrors(database.pool, uploadId)) rows.push(row);
    expect(rows).toHaveLength(900);
    expect(rows.every(({ issues }) => issues.length === 2)).toBe(true);
    expect(rows.map(({ row }) => row)).toEqual(errors.map(({ row }) => row));
  });

  it('is listed newest first, page by page', async () => {
    const all = await listUploads(database.pool, { limit: 1000 });
    const first = await listUploads(database.pool, { limit: 2 });
    const rest = await listUploads(database.pool, { before: first[1]!.id, limit: 1000 });
    expect([...first, ...rest].map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    expect(await listUploads(database.pool, { actor: `' OR true --` })).toEqual([]);
  });
});
