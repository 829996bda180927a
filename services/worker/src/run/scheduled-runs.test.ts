import { createRunSchedule, endRunSchedule, listRuns } from '@tanxiao/store';

import { BY, RULEBOOK, type WorkerDatabase, workerDatabase } from '../testing/worker-database';
import { beginDueRuns } from './scheduled-runs';

let database: WorkerDatabase;
beforeEach(async () => (database = await workerDatabase()));
afterEach(() => database.close());

const QUARTERLY = {
  rulebookId: RULEBOOK,
  every: 'quarter',
  monthsAfter: 0,
  day: 20,
  hour: 2,
} as const;
/** As if it had been made then. */
async function scheduleMadeAt(at: string): Promise<string> {
  const id = await createRunSchedule(database.pool, QUARTERLY, BY);
  await database.pool.query('UPDATE tanxiao.run_schedules SET created_at = $2 WHERE id = $1', [
    id,
    at,
  ]);
  return id;
}
const periods = async () => (await listRuns(database.pool, {})).map(({ period }) => period).sort();

it('begins the run of each period once, however many look, and what was missed at the next look', async () => {
  const { services } = database;
  await scheduleMadeAt('2026-10-01T00:00:00Z');
  expect(await beginDueRuns(services, new Date('2026-10-19T17:59:00Z'))).toBe(0);
  const looks = await Promise.all(
    [1, 2, 3].map(() => beginDueRuns(services, new Date('2026-10-19T18:00:00Z'))),
  );
  expect(looks.reduce((a, b) => a + b)).toBe(1);
  expect(await beginDueRuns(services, new Date('2026-12-31T00:00:00Z'))).toBe(0);
  // Nobody looked in January.
  expect(await beginDueRuns(services, new Date('2027-02-10T00:00:00Z'))).toBe(1);
  expect(await periods()).toEqual(['2026Q3', '2026Q4']);
});

it('does not begin what was due before the schedule was made, nor after it has ended', async () => {
  const { services } = database;
  const id = await scheduleMadeAt('2026-10-25T00:00:00Z');
  expect(await beginDueRuns(services, new Date('2026-10-26T00:00:00Z'))).toBe(0);
  await endRunSchedule(database.pool, id);
  expect(await beginDueRuns(services, new Date('2027-01-26T00:00:00Z'))).toBe(0);
  expect(await periods()).toEqual([]);
});
