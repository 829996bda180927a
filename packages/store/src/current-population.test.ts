import { type CurrentSubmission, loadLayouts, streamCurrentPopulation } from './index';
import { openDatabase, type StoreDatabase } from './testing/database';
import { INPUT_NAMES, keepAll, PERIOD, RULEBOOK, submissionOf } from './testing/fixtures';

let database: StoreDatabase;
beforeAll(async () => {
  database = await openDatabase();
});
afterAll(() => database.drop());

async function read(period: string, batchSize: number): Promise<CurrentSubmission[][]> {
  const batches: CurrentSubmission[][] = [];
  const of = { rulebookId: RULEBOOK, period };
  for await (const batch of streamCurrentPopulation(database.pool, of, batchSize))
    batches.push([...batch]);
  return batches;
}

describe('the population as it stands', () => {
  test('holds the latest revision of each subject once, by code, with its size from the first batch on', async () => {
    await keepAll(
      database.pool,
      ['c', 'a', 'b'].map((code) => submissionOf(code)),
    );
    await keepAll(database.pool, [submissionOf('b', { inputs: [7, null, 0.1 + 0.2] })]);
    await keepAll(database.pool, [submissionOf('d', { period: '2026Q2' })]);
    const batches = await read(PERIOD, 2);
    expect(batches.map((batch) => batch.map(({ code }) => code))).toEqual([['a', 'b'], ['c']]);
    const all = batches.flat();
    expect(all.map(({ population }) => population)).toEqual([3, 3, 3]);
    expect(all[1]).toMatchObject({
      scheme: 'local',
      name: '示例企业 b',
      regionCode: '330502',
      industryCode: '1751',
      inputs: [7, null, 0.1 + 0.2],
    });
    const names = await loadLayouts(database.pool, [all[1]!.layoutId]);
    expect(names.get(all[1]!.layoutId)).toEqual(INPUT_NAMES);
  });

  test('gives its connection back where the reader stops early', async () => {
    for (let i = 0; i < 12; i++) {
      const of = { rulebookId: RULEBOOK, period: PERIOD };
      for await (const batch of streamCurrentPopulation(database.pool, of, 1)) {
        expect(batch).toHaveLength(1);
        break;
      }
    }
    expect(database.pool.idleCount).toBe(database.pool.totalCount);
  });

  test('of a period without submissions is empty', async () => {
    expect(await read('2020', 10)).toEqual([]);
  });
});
