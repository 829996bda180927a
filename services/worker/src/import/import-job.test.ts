import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

import { issueTexts, parsePeriod } from '@tanxiao/contracts';
import { formOf, openSheet, writeAnnotated } from '@tanxiao/forms';
import {
  createPool,
  createProposal,
  decideProposal,
  getUpload,
  inTransaction,
  listUploadErrors,
  type UploadRow,
} from '@tanxiao/store';

import { StatisticsRefresh } from '../statistics-refresh';
import {
  BY,
  CSV_HEADER,
  csvFile,
  jobContext,
  PERIOD,
  receive,
  RULEBOOK,
  uscc,
  type WorkerDatabase,
  workerDatabase,
} from '../testing/worker-database';
import { importHandler } from './import-job';

let database: WorkerDatabase;
beforeAll(async () => (database = await workerDatabase()));
afterAll(() => database.close());

const uploadOf = async (id: string): Promise<UploadRow> => (await getUpload(database.pool, id))!;
const rowsOf = (uploadId: string): Promise<number[]> =>
  database.pool
    .query<{ row_number: number }>(
      'SELECT row_number FROM tanxiao.submissions WHERE upload_id = $1 ORDER BY row_number',
      [uploadId],
    )
    .then(({ rows }) => rows.map((row) => row.row_number));
const waiting = (outboxId: number) =>
  database.value<number>('SELECT count(*)::int FROM tanxiao.outbox WHERE id = $1', [outboxId]);
const run = (outboxId: number) => importHandler(database.services)({ outboxId }, jobContext());

it('a good file is kept whole, each row once and with its line, and rated in the same breath', async () => {
  const { uploadId, outboxId } = await receive(database.services, csvFile(2300));
  await run(outboxId);
  expect(await uploadOf(uploadId)).toMatchObject({
    state: 'done',
    rowsRead: 2300,
    rowsAccepted: 2300,
    rowsRejected: 0,
    checkpointRow: 2301,
    problem: null,
  });
  expect(await rowsOf(uploadId)).toEqual(Array.from({ length: 2300 }, (_, i) => i + 2));
  expect(await waiting(outboxId)).toBe(0);
  expect(
    await database.value<number>(
      `SELECT count(DISTINCT r.submission_id)::int FROM tanxiao.ratings r JOIN tanxiao.submissions s ON s.id = r.submission_id
       WHERE s.upload_id = $1 AND r.run_id IS NULL`,
      [uploadId],
    ),
  ).toBe(2300);
  expect(
    await database.value<number>('SELECT count(*)::int FROM tanxiao.outbox WHERE upload_id = $1', [
      uploadId,
    ]),
  ).toBe(0);
});

it('with bad rows and without partial nothing is kept, and all errors are told', async () => {
  const { uploadId, outboxId } = await receive(database.services, csvFile(50, [3, 17, 44]));
  await run(outboxId);
  expect(await uploadOf(uploadId)).toMatchObject({
    state: 'rejected',
    rowsRead: 50,
    rowsAccepted: 0,
    rowsRejected: 3,
    errors: 3,
  });
  expect(await rowsOf(uploadId)).toEqual([]);
  const errors = await listUploadErrors(database.pool, { uploadId });
  expect(errors.map(({ row, issue }) => [row, issue.code])).toEqual([
    [4, 'uscc-length'],
    [18, 'uscc-length'],
    [45, 'uscc-length'],
  ]);
  expect(await waiting(outboxId)).toBe(0);
});

it('with partial the good rows are kept and the bad ones told', async () => {
  const { uploadId, outboxId } = await receive(database.services, csvFile(50, [3, 17]), {
    partial: true,
  });
  await run(outboxId);
  expect(await uploadOf(uploadId)).toMatchObject({
    state: 'done',
    rowsAccepted: 48,
    rowsRejected: 2,
  });
  expect(await rowsOf(uploadId)).toHaveLength(48);
});

it.each([
  ['an empty file', '', 'empty'],
  ['a header alone', `${CSV_HEADER}\n`, 'no-data-rows'],
  ['a header of other columns', 'apples,pears\n1,2\n', 'header'],
  ['a quote that is never closed', `${csvFile(3)}"${'x'.repeat(2000)}`, 'quote-not-closed'],
])('%s is unreadable, with the reason in both languages', async (_title, file, code) => {
  const { uploadId, outboxId } = await receive(database.services, file);
  await run(outboxId);
  const upload = await uploadOf(uploadId);
  expect(upload).toMatchObject({ state: 'unreadable', rowsAccepted: 0 });
  expect(upload.problem?.code).toBe(code);
  expect(upload.problem?.zh).toMatch(/[一-龥]/);
  expect(upload.problem?.en).toMatch(/[a-z]/);
  expect(await waiting(outboxId)).toBe(0);
});

it('a workbook is kept like a CSV, and its temporary file is removed', async () => {
  const { services } = database;
  const rulebook = database.standards.rulebooks.find(({ id }) => id === RULEBOOK)!;
  const form = formOf(rulebook, (id, period) => database.standards.plan(id, period));
  const csv = await openSheet(Readable.from([Buffer.from(csvFile(30))]), 'csv');
  // As a client gets it back: with the columns for errors, which a reader passes over.
  const bytes = await buffer(writeAnnotated(form, csv, [], { format: 'xlsx' }));
  const { uploadId, outboxId } = await receive(database.services, bytes, { format: 'xlsx' });
  await run(outboxId);
  expect(await uploadOf(uploadId)).toMatchObject({ state: 'done', rowsAccepted: 30 });
  expect(await readdir(services.temporaryFolder)).toEqual([]);
});

it.each(['csv', 'xlsx'] as const)(
  'choices and limits of a %s file are told with row, column, what and how to mend it',
  async (format) => {
    const { services, standards } = database;
    const rulebookId = 'building-carbon-efficiency';
    const file = `uscc,region_code,industry_code,building_type,weekly_hours
${uscc(1)},330502,6110,宾馆饭店,168
${uscc(2)},330502,6110,castle,168
${uscc(3)},330502,6110,office,168.5
`;
    const rulebook = standards.rulebooks.find(({ id }) => id === rulebookId)!;
    const form = formOf(rulebook, (id, period) => standards.plan(id, period));
    const sheet = await openSheet(Readable.from([Buffer.from(file)]), 'csv');
    const bytes =
      format === 'csv' ? file : await buffer(writeAnnotated(form, sheet, [], { format: 'xlsx' }));
    const { uploadId, outboxId } = await receive(services, bytes, { format, rulebookId });
    await run(outboxId);
    expect(await uploadOf(uploadId)).toMatchObject({ state: 'rejected', rowsRejected: 2 });
    const errors = await listUploadErrors(database.pool, { uploadId });
    expect(errors.map(({ row, issue }) => [row, issue.column, issue.code])).toEqual([
      [3, 'building_type', 'unknown-option'],
      [4, 'weekly_hours', 'above-maximum'],
    ]);
    const [option, maximum] = errors.map(({ issue }) => issueTexts(issue));
    expect(option!.message.zh).toBe('“建筑类型”没有选项“castle”');
    expect(option!.hint.en).toContain('write one of office (office), hotel (hotel)');
    expect(option!.hint.zh).toContain('可填：office (办公)');
    expect(maximum!.message).toEqual({
      zh: '“每周使用时间”不能大于 168，实为 168.5',
      en: '"Hours of use a week" must not be above 168, found 168.5',
    });
  },
);

it('the same import delivered three times at once keeps each row once', async () => {
  const { uploadId, outboxId } = await receive(database.services, csvFile(1500));
  await Promise.all([run(outboxId), run(outboxId), run(outboxId)]);
  expect(await rowsOf(uploadId)).toEqual(Array.from({ length: 1500 }, (_, i) => i + 2));
  expect(await uploadOf(uploadId)).toMatchObject({ state: 'done', rowsAccepted: 1500 });
  await run(outboxId);
  expect(await uploadOf(uploadId)).toMatchObject({ state: 'done', rowsAccepted: 1500 });
});

/** The import of 3,500 rows, aborted once 2,000 are kept. */
async function abortedImport(): Promise<{ readonly uploadId: string; readonly outboxId: number }> {
  const { uploadId, outboxId } = await receive(database.services, csvFile(3500));
  const abort = new AbortController();
  let kept = 0;
  // Told of after each batch's commit; signs of life come by the clock as well, so they don't count batches.
  const statistics = new StatisticsRefresh(database.pool, database.services.logger);
  jest.spyOn(statistics, 'written').mockImplementation((rows) => {
    kept += rows;
    if (kept === 2000) abort.abort('closing');
  });
  const aborted = importHandler({ ...database.services, statistics });
  await expect(aborted({ outboxId }, jobContext({ signal: abort.signal }))).rejects.toBe('closing');
  const stopped = await uploadOf(uploadId);
  expect(stopped).toMatchObject({ state: 'importing', rowsAccepted: 2000, checkpointRow: 2001 });
  return { uploadId, outboxId };
}

it('an import aborted between two batches resumes after the rows it kept', async () => {
  const { uploadId, outboxId } = await abortedImport();
  await run(outboxId);
  expect(await uploadOf(uploadId)).toMatchObject({ state: 'done', rowsAccepted: 3500 });
  expect(await rowsOf(uploadId)).toEqual(Array.from({ length: 3500 }, (_, i) => i + 2));
});

it('an upload that another worker holds is left alone and looked at later', async () => {
  const { uploadId, outboxId } = await receive(database.services, csvFile(10));
  await database.pool.query(
    `UPDATE tanxiao.uploads SET lease_holder = 'another', lease_until = now() + interval '1 minute' WHERE id = $1`,
    [uploadId],
  );
  await run(outboxId);
  expect(await uploadOf(uploadId)).toMatchObject({ state: 'received', rowsAccepted: 0 });
  const due = await database.value<number>(
    'SELECT extract(epoch FROM due_at - now())::float8 FROM tanxiao.outbox WHERE id = $1',
    [outboxId],
  );
  // Not before the other's lease can have run out.
  expect(due).toBeGreaterThan(15);
});

it('a worker whose lease was taken over keeps nothing of its batch', async () => {
  const { uploadId, outboxId } = await receive(database.services, csvFile(8000));
  const thief = createPool({ connectionString: database.url, max: 1 });
  const context = jobContext({
    beat: () => {
      void thief.query(
        `UPDATE tanxiao.uploads SET lease_holder = 'thief', lease_until = now() + interval '1 minute' WHERE id = $1`,
        [uploadId],
      );
    },
  });
  await importHandler(database.services)({ outboxId }, context);
  await thief.end();
  const upload = await uploadOf(uploadId);
  expect(upload.state).toBe('importing');
  expect(upload.rowsAccepted).toBeLessThan(8000);
  expect(upload.rowsAccepted).toBe((await rowsOf(uploadId)).length);
  expect(await waiting(outboxId)).toBe(1);
});

it('a defect of the program ends the import visibly, instead of trying for ever', async () => {
  const { services } = database;
  const { uploadId, outboxId } = await receive(services, csvFile(10));
  const defective = {
    ...database.standards,
    plan: () => {
      throw new TypeError('a defect');
    },
  };
  await importHandler({
    ...services,
    standardsInForce: { current: () => Promise.resolve(defective) },
  })({ outboxId }, jobContext());
  const upload = await uploadOf(uploadId);
  expect(upload).toMatchObject({ state: 'unreadable', problem: { code: 'internal-error' } });
  expect(await waiting(outboxId)).toBe(0);
});

it('a file whose rows name their periods is read by the form in force on its day, not by one that begins later', async () => {
  const { services, pool, standards } = database;
  const { text } = standards.rulebooks.find(({ id }) => id === RULEBOOK)!;
  await approve(
    pool,
    text
      .replace(/^version: .*$/m, 'version: 9.0.0')
      .replace(/effective: \{ from: "[\d-]+" \}/, 'effective: { from: "2099-01-01" }'),
  );
  const rulebooks = (await services.standardsInForce.current()).rulebooks;
  expect(rulebooks.some(({ version }) => version === '9.0.0')).toBe(true);
  const [header, row] = csvFile(1).trimEnd().split('\n');
  const file = `${header},period\n${row},${PERIOD}\n`;
  const { uploadId, outboxId } = await receive(services, file, { period: null });
  await run(outboxId);
  expect(await uploadOf(uploadId)).toMatchObject({ state: 'done', rowsAccepted: 1 });
});

// The last: from here on the rulebook is another one.
it('a version approved in the middle of an import loses none of its rows: the rest is read as the first pass read it', async () => {
  const { services, pool, standards } = database;
  const { uploadId, outboxId } = await abortedImport();
  const { text } = standards.plan(RULEBOOK, parsePeriod(PERIOD)!)!.rulebook;
  await approve(
    pool,
    text
      .replace(/^version: .*$/m, 'version: 9.1.0')
      .replace(/effective: \{ from: "[\d-]+" \}/, 'effective: { from: "2026-07-01" }')
      .replaceAll('value_added_10k_cny', 'value_added_renamed'),
  );
  const current = await services.standardsInForce.current();
  expect(current.plan(RULEBOOK, parsePeriod(PERIOD)!)!.rulebook.version).toBe('9.1.0');
  await run(outboxId);
  expect(await uploadOf(uploadId)).toMatchObject({ state: 'done', rowsAccepted: 3500 });
  expect(await rowsOf(uploadId)).toEqual(Array.from({ length: 3500 }, (_, i) => i + 2));
});

async function approve(pool: WorkerDatabase['pool'], text: string): Promise<void> {
  const hash = createHash('sha256').update(text).digest('hex');
  await inTransaction(pool, async (tx) => {
    const version = /^version: (.*)$/m.exec(text)![1]!;
    const document = { hash, id: RULEBOOK, version, text };
    const proposal = { kind: 'rulebook', document, reason: 'r', proposedBy: 'a' } as const;
    const proposalId = await createProposal(tx, proposal, BY);
    await decideProposal(
      tx,
      { proposalId, decision: 'approved', decidedBy: 'b', reason: null },
      BY,
    );
  });
}
