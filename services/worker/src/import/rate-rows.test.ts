/** What an import promises of the ratings that it makes along with its rows. */
import type { Plan } from '@tanxiao/rulebook';
import type { Standards } from '@tanxiao/standards';
import { getUpload } from '@tanxiao/store';

import { rateHandler } from '../rate/rate-job';
import {
  csvFile,
  jobContext,
  keep,
  receive,
  submission,
  uscc,
  type WorkerDatabase,
  workerDatabase,
} from '../testing/worker-database';
import { importHandler } from './import-job';

let database: WorkerDatabase;
beforeEach(async () => (database = await workerDatabase()));
afterEach(() => database.close());

async function imported(rows: number, services = database.services): Promise<string> {
  const { uploadId, outboxId } = await receive(services, csvFile(rows));
  await importHandler(services)({ outboxId }, jobContext());
  return uploadId;
}

/** Every column of the ratings of an upload's rows but ids, times and who asked, by subject. */
const ratings = async (where: string, values: unknown[] = []) => {
  const { rows } = await database.pool.query(
    `SELECT subject_id, s.revision, r.outcome, r.reasons, r.results, r.bands, r.grade, r.level, r.rank_value,
       r.rulebook_id, r.period, r.region_code, r.industry_classification, r.industry_code, r.rulebook_hash,
       r.factor_set_hash, r.run_id, r.benchmark_run_id, r.benchmark_id, r.year_before_id
     FROM tanxiao.ratings r JOIN tanxiao.submissions s USING (subject_id)
     WHERE r.submission_id = s.id AND ${where} ORDER BY subject_id`,
    values,
  );
  return rows as Record<string, unknown>[];
};

const failures = async (): Promise<{ submission_id: string; error: string }[]> =>
  (
    await database.pool.query<{ submission_id: string; error: string }>(
      'SELECT submission_id, error FROM tanxiao.rating_failures',
    )
  ).rows;

it('a row gets the rating that the same data gets by way of the outbox', async () => {
  const { services, pool } = database;
  const uploadId = await imported(60);
  const ids = await keep(
    services,
    Array.from({ length: 60 }, (_, i) => submission(i + 1, { carrier_33: 10 + (i % 50) })),
  );
  const { rows } = await pool.query<{ id: number }>('SELECT id FROM tanxiao.outbox');
  await rateHandler(services)({ outboxIds: rows.map(({ id }) => id) }, jobContext());
  const byImport = await ratings('s.upload_id = $1', [uploadId]);
  const byOutbox = await ratings('s.id = ANY ($1::uuid[])', [ids]);
  expect(byImport).toHaveLength(60);
  expect(byImport.every(({ revision }) => revision === 1)).toBe(true);
  expect(byOutbox).toEqual(byImport.map((row) => ({ ...row, revision: 2 })));
});

it('subjects submitted before get their next revision, new ones their first', async () => {
  await keep(database.services, [submission(2), submission(2), submission(3)]);
  const uploadId = await imported(4);
  const { rows } = await database.pool.query<{ revision: number }>(
    'SELECT revision FROM tanxiao.submissions WHERE upload_id = $1 ORDER BY row_number',
    [uploadId],
  );
  expect(rows.map(({ revision }) => revision)).toEqual([1, 3, 2, 1]);
});

it('a subject that a file names for two periods is one subject, with a first revision and a rating in each', async () => {
  const { services, pool } = database;
  await keep(services, [submission(2)]);
  const [header, ...lines] = csvFile(4).trimEnd().split('\n');
  const rows = lines.flatMap((line) => [`${line},2026Q3`, `${line},2026Q2`]);
  const { uploadId, outboxId } = await receive(services, [`${header},period`, ...rows].join('\n'), {
    period: null,
  });
  await importHandler(services)({ outboxId }, jobContext());
  const { rows: kept } = await pool.query<{ of: string }>(
    `SELECT concat_ws(' ', subject.code = $2, s.period, s.revision, r.period, r.revision, r.subject_id = s.subject_id) AS of
     FROM tanxiao.submissions s JOIN tanxiao.subjects subject ON subject.id = s.subject_id
     JOIN tanxiao.arrival_ratings r ON r.submission_id = s.id WHERE s.upload_id = $1 ORDER BY s.row_number`,
    [uploadId, uscc(2)],
  );
  const first = ['f 2026Q3 1 2026Q3 1 t', 'f 2026Q2 1 2026Q2 1 t'];
  const again = ['t 2026Q3 2 2026Q3 2 t', 't 2026Q2 1 2026Q2 1 t'];
  expect(kept.map((row) => row.of)).toEqual([...first, ...again, ...first, ...first]);
  expect(await database.value<number>('SELECT count(*)::int FROM tanxiao.subjects')).toBe(4);
});

it('files of the same subjects at the same time number their revisions without a gap', async () => {
  await Promise.all([imported(500), imported(500), imported(500)]);
  const { rows } = await database.pool.query<{ revisions: number[]; subjects: number }>(
    `SELECT revisions, count(*)::int AS subjects FROM (SELECT array_agg(revision ORDER BY revision) AS revisions
       FROM tanxiao.submissions GROUP BY subject_id) s GROUP BY revisions`,
  );
  expect(rows).toEqual([{ revisions: [1, 2, 3], subjects: 500 }]);
});

it('one subject that the engine cannot rate is recorded alone, the others are rated', async () => {
  const { standards, services } = database;
  let asked = 0;
  // Once the form is made, as an approval in mid-import would: what the form let through is below a new minimum.
  const current = (): Promise<Standards> =>
    Promise.resolve(asked++ === 0 ? standards : { ...standards, plan: stricter(standards) });
  const uploadId = await imported(50, { ...services, standardsInForce: { current } });
  expect(await getUpload(database.pool, uploadId)).toMatchObject({
    ...{ state: 'done', rowsAccepted: 50, rowsRated: 49, rowsFailed: 1 },
  });
  const failed = await failures();
  expect(failed).toHaveLength(1);
  expect(failed[0]!.error).toContain('below its minimum');
});

/** Electricity of made rows goes from 10 to 59; only that of number 50 is 10. */
function stricter(standards: Standards): Standards['plan'] {
  return (rulebookId, period) => {
    const plan = standards.plan(rulebookId, period);
    const inputs = plan?.inputs.map((input) =>
      input.name === 'carrier_33' ? { ...input, minimum: 10.5 } : input,
    );
    return plan && ({ ...plan, inputs } as Plan);
  };
}

it('one rating that the database refuses is recorded alone, the others are rated', async () => {
  await database.pool.query(`
    CREATE FUNCTION refuse_one() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF (SELECT row_number FROM tanxiao.submissions WHERE id = NEW.submission_id) = 17 THEN
        RAISE EXCEPTION 'not this one' USING ERRCODE = '23514';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER refuse_one BEFORE INSERT ON tanxiao.arrival_ratings FOR EACH ROW EXECUTE FUNCTION refuse_one()`);
  const uploadId = await imported(40);
  expect(await getUpload(database.pool, uploadId)).toMatchObject({
    ...{ state: 'done', rowsAccepted: 40, rowsRated: 39, rowsFailed: 1 },
  });
  const failed = await failures();
  expect(failed.map(({ error }) => error)).toEqual([expect.stringContaining('not this one')]);
  const refused = await database.value<number>(
    'SELECT row_number FROM tanxiao.submissions WHERE id = $1',
    [failed[0]!.submission_id],
  );
  expect(refused).toBe(17);
});

it('a fault of the database in mid-batch keeps neither rows nor checkpoint', async () => {
  const { services, pool } = database;
  const { uploadId, outboxId } = await receive(services, csvFile(30));
  await pool.query(`
    CREATE FUNCTION fail_passing() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'disk full' USING ERRCODE = '53100'; END $$;
    CREATE TRIGGER fail_passing BEFORE INSERT ON tanxiao.arrival_ratings FOR EACH STATEMENT EXECUTE FUNCTION fail_passing()`);
  const attempt = importHandler(services)({ outboxId }, jobContext());
  await expect(attempt).rejects.toThrow('disk full');
  expect(await getUpload(pool, uploadId)).toMatchObject({ rowsAccepted: 0, checkpointRow: 0 });
  expect(await database.value<number>('SELECT count(*)::int FROM tanxiao.submissions')).toBe(0);
  await pool.query('DROP TRIGGER fail_passing ON tanxiao.arrival_ratings');
  await importHandler(services)({ outboxId }, jobContext());
  expect(await getUpload(pool, uploadId)).toMatchObject({ state: 'done', rowsRated: 30 });
});
