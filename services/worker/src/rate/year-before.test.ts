/** Inputs from the year before, on arrival and in a run: which submission is read, and that the rating names it. */
import { parsePeriod } from '@tanxiao/contracts';
import { type FactorSet, layoutOf, type Rulebook, stagesOf } from '@tanxiao/rulebook';
import { standardsOf } from '@tanxiao/standards';
import {
  createRun,
  enqueueRun,
  freezePopulation,
  inTransaction,
  keepFactorSetDocuments,
  keepRulebookDocuments,
  keepSubmissions,
} from '@tanxiao/store';

import { importHandler } from '../import/import-job';
import { runHandler } from '../run/run-job';
import type { WorkerServices } from '../services';
import {
  BY,
  jobContext,
  receive,
  type WorkerDatabase,
  workerDatabase,
} from '../testing/worker-database';
import { rateHandler } from './rate-job';

/** Of `test/src/support`, which lies outside of this project's sources. */
interface TestSupport {
  shapesDocuments(): { rulebook: Rulebook; factorSet: FactorSet };
}
const { rulebook: SHAPES, factorSet: FACTORS } = jest
  .requireActual<TestSupport>('../../../../test/src/support/shapes-rulebook')
  .shapesDocuments();

const STANDARDS = standardsOf([SHAPES], [FACTORS]);

let database: WorkerDatabase;
let services: WorkerServices;
beforeEach(async () => {
  database = await workerDatabase();
  services = {
    ...database.services,
    standardsInForce: { current: () => Promise.resolve(STANDARDS) },
  };
  await keepRulebookDocuments(database.pool, [SHAPES], BY);
  await keepFactorSetDocuments(database.pool, [FACTORS], BY);
});
afterEach(() => database.close());

/** Ids, one a subject `f0`, `f1`, … with its energies; null leaves the input blank. */
async function keep(
  period: string,
  energies: readonly { readonly energy: number; readonly before?: number }[],
): Promise<readonly string[]> {
  const items = energies.map(({ energy, before }, n) => {
    const given: Readonly<Record<string, number | undefined>> = {
      ...{ violation: 0, output: 100, energy, energy_before: before },
    };
    return {
      submission: {
        subject: { scheme: 'local' as const, code: `f${n}` },
        ...{
          name: null,
          period,
          regionCode: '330502',
          industryClassification: 'any',
          industryCode: '1711',
        },
        inputs: SHAPES.inputs.map(({ name }) => given[name] ?? null),
      },
    };
  });
  const of = { rulebookId: 'shapes', inputNames: layoutOf(SHAPES.inputs), items };
  const kept = await inTransaction(database.pool, (tx) => keepSubmissions(tx, of, BY));
  return kept.map(({ id }) => id);
}

async function rateAll(): Promise<void> {
  const { rows } = await database.pool.query<{ id: number }>(
    `SELECT id FROM tanxiao.outbox WHERE topic = 'rate' ORDER BY id`,
  );
  await rateHandler(services)({ outboxIds: rows.map(({ id }) => id) }, jobContext());
}

/** Growth and the submission read, by submission. */
async function ratings(ids: readonly string[], runId: string | null) {
  const { rows } = await database.pool.query<{ id: string; growth: number; read: string | null }>(
    `SELECT submission_id AS id, results[1] AS growth, year_before_id AS read FROM tanxiao.ratings
     WHERE submission_id = ANY ($1::uuid[]) AND run_id IS NOT DISTINCT FROM $2`,
    [ids, runId],
  );
  return ids.map((id) => {
    const { growth, read } = rows.find((row) => row.id === id)!;
    return { growth, read };
  });
}

it('on arrival a blank takes the latest revision of the year before, what is stated counts, and both name it', async () => {
  await keep('2023', [{ energy: 999 }]);
  const before = await keep('2023', [{ energy: 50 }, { energy: 50 }]);
  const ids = await keep('2024', [{ energy: 100 }, { energy: 100, before: 40 }, { energy: 100 }]);
  await rateAll();
  expect(await ratings(ids, null)).toEqual([
    { growth: 2, read: before[0] },
    { growth: 2.5, read: before[1] },
    // Nothing was submitted a year before: its default of 0 counts, and growth is then 0.
    { growth: 0, read: null },
  ]);
});

it('rows of a file take it likewise, each with the one of its own subject', async () => {
  await keep('2023', [{ energy: 999 }]);
  const before = await keep('2023', [{ energy: 50 }, { energy: 50 }]);
  const file = [
    'local_id,region_code,industry_classification,industry_code,violation,output,energy,energy_before',
    ...['100,', '100,40', '100,'].map((given, n) => `f${n},330502,any,1711,no,100,${given}`),
  ].join('\n');
  const { uploadId, outboxId } = await receive(services, file, {
    ...{ rulebookId: 'shapes', period: '2024' },
  });
  await importHandler(services)({ outboxId }, jobContext());
  const { rows } = await database.pool.query<{ id: string }>(
    'SELECT id FROM tanxiao.submissions WHERE upload_id = $1 ORDER BY row_number',
    [uploadId],
  );
  const ids = rows.map(({ id }) => id);
  expect(await ratings(ids, null)).toEqual([
    { growth: 2, read: before[0] },
    { growth: 2.5, read: before[1] },
    { growth: 0, read: null },
  ]);
});

async function request(): Promise<{ readonly runId: string; readonly outboxId: number }> {
  const { rulebook, factorSet } = STANDARDS.plan('shapes', parsePeriod('2024')!)!;
  const run = { rulebookHash: rulebook.hash, factorSetHash: factorSet.hash, period: '2024' };
  return inTransaction(database.pool, async (tx) => {
    const runId = await createRun(tx, { rulebookId: 'shapes', ...run }, BY);
    return { runId, outboxId: await enqueueRun(tx, runId, BY) };
  });
}

it('a run reads the latest revisions of the year before, and not those that arrive once it is frozen', async () => {
  await keep('2023', [{ energy: 999 }]);
  const before = await keep('2023', [{ energy: 50 }, { energy: 80 }]);
  const ids = await keep('2024', [{ energy: 100 }, { energy: 100 }, { energy: 100 }]);
  const expected = [
    { growth: 2, read: before[0] },
    { growth: 1.25, read: before[1] },
    { growth: 0, read: null },
  ];
  const first = await request();
  await runHandler(services)({ outboxId: first.outboxId }, jobContext());
  expect(await ratings(ids, first.runId)).toEqual(expected);

  const second = await request();
  await inTransaction(database.pool, (tx) =>
    freezePopulation(tx, {
      ...{
        runId: second.runId,
        chunkSize: 10,
        stages: stagesOf(STANDARDS.plan('shapes', parsePeriod('2024')!)!).length,
      },
      yearBefore: '2023',
    }),
  );
  await keep('2023', [{ energy: 1 }, { energy: 1 }]);
  await runHandler(services)({ outboxId: second.outboxId }, jobContext());
  expect(await ratings(ids, second.runId)).toEqual(expected);
});
