/** A run whose peer groups are divided by a choice: buildings by their type. */
import { parsePeriod } from '@tanxiao/contracts';
import { layoutOf } from '@tanxiao/rulebook';
import { createRun, enqueueRun, inTransaction, keepSubmissions } from '@tanxiao/store';

import {
  BY,
  jobContext,
  uscc,
  type WorkerDatabase,
  workerDatabase,
} from '../testing/worker-database';
import { runHandler } from './run-job';

const RULEBOOK = 'building-carbon-efficiency';
const PERIOD = '2026Q4';

let database: WorkerDatabase;
beforeEach(async () => (database = await workerDatabase()));
afterEach(() => database.close());

/** Buildings of 4,974 m², by type and electricity in 10 MWh: so many kgCO2/m² as these. */
async function runOf(
  buildings: readonly { readonly type: string; readonly electricity: number }[],
): Promise<string> {
  const { services, standards, pool } = database;
  const { rulebook, factorSet } = standards.plan(RULEBOOK, parsePeriod(PERIOD)!)!;
  const valueOf = ({ type, electricity }: (typeof buildings)[number]) => ({
    building_type: rulebook.inputs[0]!.options!.findIndex(({ code }) => code === type),
    floor_area_m2: 4974,
    carrier_33: electricity,
  });
  return inTransaction(pool, async (tx) => {
    const items = buildings.map((building, i) => {
      const values: Readonly<Record<string, number>> = valueOf(building);
      const submission = {
        subject: { scheme: 'uscc' as const, code: uscc(i) },
        ...{ name: building.type, period: PERIOD, regionCode: '330502' },
        ...{ industryClassification: 'any', industryCode: '0' },
        inputs: rulebook.inputs.map(({ name }) => values[name] ?? null),
      };
      return { submission };
    });
    const inputNames = layoutOf(rulebook.inputs);
    await keepSubmissions(tx, { rulebookId: RULEBOOK, inputNames, items }, BY);
    const hashes = { rulebookHash: rulebook.hash, factorSetHash: factorSet.hash };
    const runId = await createRun(tx, { rulebookId: RULEBOOK, ...hashes, period: PERIOD }, BY);
    const outboxId = await enqueueRun(tx, runId, BY);
    return { runId, outboxId };
  }).then(async ({ runId, outboxId }) => {
    await runHandler(services)({ outboxId }, jobContext());
    return runId;
  });
}

it('a run compares each building with those of its type, and a rare type with all of the city', async () => {
  const of = (type: string, list: readonly number[]) =>
    list.map((electricity) => ({ type, electricity }));
  const runId = await runOf([
    ...of('hospital', [40, 50, 60, 70, 80]),
    ...of('office', [8, 9, 10, 11, 12]),
    ...of('hotel', [24]),
  ]);
  const { rows } = await database.pool.query(
    `SELECT s.name, b.group_key, b.size, b.value, count(*)::int FROM tanxiao.ratings r
     JOIN tanxiao.submissions s ON s.id = r.submission_id JOIN tanxiao.benchmarks b ON b.id = r.benchmark_id
     WHERE r.run_id = $1 GROUP BY 1, 2, 3, 4 ORDER BY 1`,
    [runId],
  );
  // Corrected by type: a hospital's 60 ÷ 2, an office's 10 ÷ 1, the hotel's 24 ÷ 1.2. By class: all have the code 0.
  expect(rows).toEqual([
    {
      name: 'hospital',
      group_key: 'type:@330500?building_type=hospital',
      size: 5,
      value: 30,
      count: 5,
    },
    { name: 'hotel', group_key: 'class:any:0@330500', size: 11, value: 20, count: 1 },
    {
      name: 'office',
      group_key: 'type:@330500?building_type=office',
      size: 5,
      value: 10,
      count: 5,
    },
  ]);
});
