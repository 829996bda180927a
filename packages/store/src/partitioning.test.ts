/** Data of a database made before tables were partitioned and runs kept by chunk (migration 0008). */
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { newId } from '@tanxiao/contracts';
import type { Pool } from 'pg';

import {
  getRating,
  getRun,
  getSubmission,
  latestPublishedRun,
  listCurrentRatings,
  listRatingsOfSubmission,
  migrate,
} from './index';
import { openDatabase, type StoreDatabase } from './testing/database';
import { BY, HASHES, keepDocuments, PERIOD, RULEBOOK } from './testing/fixtures';

const FOLDER = path.join(__dirname, '..', 'migrations');

let database: StoreDatabase;
let before: string;
beforeAll(async () => {
  database = await openDatabase({ migrated: false });
  before = await mkdtemp(path.join(os.tmpdir(), 'tanxiao-migrations-'));
  for (const name of await readdir(FOLDER))
    if (name < '0008') await cp(path.join(FOLDER, name), path.join(before, name));
  await migrate(database.pool, { folder: before });
});
afterAll(async () => {
  await rm(before, { recursive: true, force: true });
  await database.drop();
});

interface Made {
  readonly submissions: readonly string[];
  readonly arrivals: readonly string[];
  readonly ofRun: readonly string[];
  readonly runId: string;
}

/** Three subjects of one period and one of a year far away; a published run over the three. */
async function fillAsBefore(pool: Pool): Promise<Made> {
  await keepDocuments(pool);
  const { rows } = await pool.query<{ id: number }>(
    `INSERT INTO tanxiao.input_layouts (hash, names, actor, request_id) VALUES ('\\x01', '{a,b}', 'x', 'y') RETURNING id`,
  );
  const periods = [PERIOD, PERIOD, PERIOD, '2050'];
  const subjects = periods.map(() => newId()).sort();
  const submissions = periods.map(() => newId());
  const arrivals = periods.map(() => newId());
  const ofRun = [0, 1, 2].map(() => newId());
  const runId = newId();
  for (const [i, period] of periods.entries()) {
    await pool.query(
      `INSERT INTO tanxiao.subjects (id, scheme, code, actor, request_id) VALUES ($1, 'local', $2, 'x', 'y')`,
      [subjects[i], `s${i}`],
    );
    await pool.query(
      `INSERT INTO tanxiao.submissions (id, subject_id, layout_id, revision, rulebook_id, period, region_code,
         industry_classification, industry_code, name, actor, request_id, inputs)
       VALUES ($1, $2, $3, 1, $4, $5, '330502', 'gbt4754-2017', '1751', 'name', 'x', 'y', '{1.5,NULL}')`,
      [submissions[i], subjects[i], rows[0]!.id, RULEBOOK, period],
    );
  }
  await pool.query(
    `INSERT INTO tanxiao.runs (id, rulebook_id, rulebook_hash, factor_set_hash, period, state, subjects, actor, request_id, frozen_at, scored_at)
     VALUES ($1, $2, $3, $4, $5, 'published', 3, $6, $7, now(), now())`,
    [runId, RULEBOOK, HASHES.rulebookHash, HASHES.factorSetHash, PERIOD, BY.actor, BY.requestId],
  );
  await pool.query(
    `INSERT INTO tanxiao.run_chunks (run_id, seq, first_ordinal, last_ordinal, rated, done_at) VALUES ($1, 0, 1, 2, 2, now()), ($1, 1, 3, 3, 1, now())`,
    [runId],
  );
  await pool.query(
    `INSERT INTO tanxiao.publications (rulebook_id, period, run_id, actor, request_id) VALUES ($1, $2, $3, 'x', 'y')`,
    [RULEBOOK, PERIOD, runId],
  );
  for (const [i, period] of periods.entries())
    for (const [id, run] of [
      [arrivals[i], null],
      [ofRun[i], runId],
    ] as const) {
      if (id === undefined) continue;
      await pool.query(
        `INSERT INTO tanxiao.ratings (id, submission_id, subject_id, run_id, rank_value, revision, grade, outcome, rulebook_id, period,
           region_code, industry_classification, industry_code, rulebook_hash, factor_set_hash, actor, request_id, results, bands)
         VALUES ($1, $2, $3, $4, 0.5, 1, 2, 'rated', $5, $6, '330502', 'gbt4754-2017', '1751', $7, $8, 'x', 'y', $9, '{1,NULL}')`,
        [
          ...[id, submissions[i], subjects[i], run, RULEBOOK, period],
          ...[HASHES.rulebookHash, HASHES.factorSetHash, [0.5, i]],
        ],
      );
      if (run !== null)
        await pool.query(
          `INSERT INTO tanxiao.run_subjects (run_id, ordinal, submission_id) VALUES ($1, $2, $3)`,
          [run, i + 1, submissions[i]],
        );
    }
  return { submissions, arrivals, ofRun, runId };
}

it('is all there afterwards, under the ids by which it was known', async () => {
  const { pool } = database;
  const made = await fillAsBefore(pool);
  expect(await migrate(pool)).not.toEqual([]);
  expect(await migrate(pool)).toEqual([]);

  for (const id of made.submissions)
    expect(await getSubmission(pool, id)).toMatchObject({ id, inputs: [1.5, null], revision: 1 });
  for (const id of made.arrivals)
    expect(await getRating(pool, id)).toMatchObject({
      id,
      runId: null,
      results: [0.5, expect.anything()],
    });
  for (const [i, id] of made.ofRun.entries()) {
    const rating = await getRating(pool, id);
    expect(rating).toMatchObject({
      ...{ runId: made.runId, ordinal: i + 1, state: 'final', grade: 2 },
      ...{ results: [0.5, i], bands: [1, null], submissionId: made.submissions[i] },
    });
    // And by the id that it has from now on.
    expect(await getRating(pool, rating!.id)).toEqual(rating);
    expect(
      (await listRatingsOfSubmission(pool, made.submissions[i]!)).map((one) => one.id),
    ).toEqual(expect.arrayContaining([made.arrivals[i], rating!.id]));
  }
  expect(await getRun(pool, made.runId)).toMatchObject({
    ...{ state: 'published', current: true },
    subjects: { total: 3, done: 3, rated: 3, notRated: 0, failed: 0 },
  });
  const { ratings } = await listCurrentRatings(pool, {
    filter: { rulebookId: RULEBOOK, period: PERIOD },
  });
  expect(ratings.map(({ state }) => state)).toEqual(['final', 'final', 'final']);
  expect((await latestPublishedRun(pool, { rulebookId: RULEBOOK, period: PERIOD }))?.runId).toBe(
    made.runId,
  );
  const { rows } = await pool.query(
    `SELECT tableoid::regclass::text AS part FROM tanxiao.submissions ORDER BY period`,
  );
  expect(rows.map(({ part }: { part: string }) => part)).toEqual([
    ...Array.from({ length: 3 }, () => 'tanxiao.submissions_2026'),
    'tanxiao.submissions_other',
  ]);
  // A year whose rows came before it was prepared is left where it is.
  const prepared = await pool.query<{ made: boolean }>('SELECT tanxiao.prepare_year(2050) AS made');
  expect(prepared.rows[0]!.made).toBe(true);
  expect((await getSubmission(pool, made.submissions[3]!))?.period).toBe('2050');
});
