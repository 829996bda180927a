/**
 * Measures the store on a server of yours: `node packages/store/dist/testing/measure.js postgres://…/empty-database`.
 * Synthetic subjects with 50 inputs, half of them unknown. Prints one line per figure; README.md keeps them.
 */
import { newId, type ValidSubmission } from '@tanxiao/contracts';

import {
  claimOutbox,
  createPool,
  deleteOutbox,
  distributionOf,
  getUpload,
  inTransaction,
  keepRatings,
  keepSubmissions,
  listCurrentRatings,
  listRanking,
  loadForRating,
  loadOutbox,
  migrate,
  type RatingKey,
  streamCurrentRatings,
} from '../index';
import { BY, HASHES, keepDocuments, PERIOD, RULEBOOK } from './fixtures';
import { runWith } from './published-run';

const INPUTS = 50;
const SUBJECTS = 100_000;
const BATCH = 1000;
const NAMES = Array.from({ length: INPUTS }, (_, i) => `input_${i}`);

function submission(i: number): ValidSubmission {
  return {
    subject: { scheme: 'local', code: `subject-${String(i).padStart(7, '0')}` },
    name: `示例企业 ${i}`,
    period: PERIOD,
    regionCode: `3305${String(i % 8).padStart(2, '0')}`,
    industryClassification: 'gbt4754-2017',
    industryCode: String(1300 + (i % 380)),
    inputs: NAMES.map((_, k) => (k % 2 ? Math.round(Math.random() * 1e6) / 100 : null)),
  };
}

async function timed(what: string, count: number, work: () => Promise<unknown>): Promise<void> {
  const started = performance.now();
  await work();
  const ms = performance.now() - started;
  const rate = count > 1 ? `, ${Math.round((count / ms) * 1000)} a second` : '';
  console.log(`${what}: ${ms.toFixed(1)} ms${rate}`);
}

async function main(connectionString: string): Promise<void> {
  const pool = createPool({ connectionString, statementTimeoutMs: 0 });
  await migrate(pool);
  await keepDocuments(pool);
  const uploadId = newId();
  await pool.query(
    `INSERT INTO tanxiao.uploads (id, rulebook_id, filename, format, partial, state, fingerprint, rows_accepted, actor, request_id)
     VALUES ($1, $2, 'measure.csv', 'csv', true, 'done', '', $3, 'system:measure', 'measure')`,
    [uploadId, RULEBOOK, SUBJECTS],
  );
  const keep = async (first: number, upload: string | null): Promise<void> => {
    const items = Array.from({ length: BATCH }, (_, i) => ({
      submission: submission(first + i),
      rowNumber: upload ? first + i + 2 : undefined,
    }));
    const request = { rulebookId: RULEBOOK, inputNames: NAMES, items, uploadId: upload };
    await inTransaction(pool, (tx) => keepSubmissions(tx, request, BY));
  };
  await timed('make the data of the next line, without keeping it', SUBJECTS, async () => {
    for (let i = 0; i < SUBJECTS; i++) submission(i);
    await Promise.resolve();
  });
  await timed('keepSubmissions, new subjects, 1 connection', SUBJECTS, async () => {
    for (let first = 0; first < SUBJECTS; first += BATCH) await keep(first, uploadId);
  });
  await timed('keepSubmissions, revision 2, 2 connections', SUBJECTS, async () => {
    for (let first = 0; first < SUBJECTS; first += 2 * BATCH)
      await Promise.all([keep(first, null), keep(first + BATCH, null)]);
  });
  await pool.query('VACUUM ANALYZE');
  await timed('getUpload, 100,000 rows waiting', 1, () => getUpload(pool, uploadId));

  const groups = await claimOutbox(pool, { limit: 100_000 });
  await timed('rate: load, keep, delete outbox, by 500', 2 * SUBJECTS, async () => {
    for (const { outboxIds } of groups) {
      const rows = await loadOutbox(pool, outboxIds);
      const subjects = await loadForRating(
        pool,
        rows.flatMap(({ submissionIds }) => submissionIds),
      );
      await inTransaction(pool, async (tx) => {
        const ratings = subjects.map(({ id }) => rating(id));
        await keepRatings(tx, { ...HASHES, benchmarkRunId: null, ratings }, BY);
        await deleteOutbox(tx, outboxIds);
      });
    }
  });
  await timed('getUpload, 100,000 rows rated', 1, () => getUpload(pool, uploadId));
  await pool.query('VACUUM ANALYZE');
  await reads('before a publication');

  const { rows } = await pool.query<{ id: string }>(
    `SELECT id FROM tanxiao.submissions WHERE revision = 2`,
  );
  await timed('a run: freeze, read, write, publish', SUBJECTS, () =>
    runWith(
      pool,
      rows.map(({ id }) => rating(id)),
    ),
  );
  await pool.query('VACUUM ANALYZE');
  await reads('after a publication');
  await pool.end();

  async function reads(when: string): Promise<void> {
    const filter = { rulebookId: RULEBOOK, period: PERIOD };
    let next: RatingKey | null = null;
    await timed(`first page of 100 ${when}`, 1, async () => {
      ({ next } = await listCurrentRatings(pool, { filter }));
    });
    await timed(`second page of 100 ${when}`, 1, () =>
      listCurrentRatings(pool, { filter, after: next ?? undefined }),
    );
    await timed(`page of 100, no filter at all, ${when}`, 1, () =>
      listCurrentRatings(pool, { filter: {} }),
    );
    await timed(`page of one city and grade ${when}`, 1, () =>
      listCurrentRatings(pool, { filter: { ...filter, regionPrefix: '330501', grade: 2 } }),
    );
    await timed(`page of latecomers ${when}`, 1, () =>
      listCurrentRatings(pool, { filter: { ...filter, state: 'provisional' } }),
    );
    await timed(`one subject ${when}`, 1, () =>
      listCurrentRatings(pool, {
        filter: { subject: { scheme: 'local', code: 'subject-0000007' } },
      }),
    );
    await timed(`ranking of all ${when}`, 1, () => listRanking(pool, { filter }));
    await timed(`ranking of an industry in a county ${when}`, 1, () =>
      listRanking(pool, { filter: { ...filter, industryPrefix: '13', regionPrefix: '330501' } }),
    );
    await timed(`distribution ${when}`, 1, () => distributionOf(pool, filter));
    await timed(`stream of all for an export ${when}`, SUBJECTS, async () => {
      for await (const batch of streamCurrentRatings(pool, filter)) if (batch.length === 0) break;
    });
  }
}

function rating(submissionId: string) {
  const values = Array.from({ length: 8 }, () => Math.round(Math.random() * 1e6) / 1e4);
  const grade = 1 + Math.floor(Math.random() * 5);
  return {
    submissionId,
    benchmarkId: null,
    columns: { outcome: 'rated' as const, reasons: [], values, bands: [grade - 1, 1] },
    grade,
    level: 2,
    rankValue: values[0]!,
  };
}

main(process.argv[2] ?? '').catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
