import { openDatabase, type StoreDatabase } from './testing/database';

const APPEND_ONLY = [
  'document_proposals',
  'proposal_decisions',
  'rulebook_documents',
  'factor_set_documents',
  'subjects',
  'input_layouts',
  'submissions',
  'upload_errors',
  'publications',
  'benchmarks',
  'submissions_2026',
  'submissions_other',
  'arrival_ratings',
  'arrival_ratings_2026',
  'run_ratings',
  'run_ratings_2026',
  'run_populations',
  'run_partials',
  'run_rank_keys',
  'run_ranks',
  'run_rank_groups',
  'run_moves',
  'earlier_rating_ids',
  'scheduled_runs',
  'rating_failures',
];

describe('append-only tables', () => {
  let database: StoreDatabase;
  beforeAll(async () => {
    database = await openDatabase();
  });
  afterAll(() => database.drop());

  it.each(APPEND_ONLY)('%s refuses UPDATE, DELETE and TRUNCATE', async (table) => {
    const { rows } = await database.pool.query<{ column_name: string }>(
      `SELECT column_name FROM information_schema.columns WHERE table_schema = 'tanxiao' AND table_name = $1
         AND is_identity = 'NO' LIMIT 1`,
      [table],
    );
    const column = rows[0]!.column_name;
    for (const statement of [
      `UPDATE tanxiao.${table} SET ${column} = ${column}`,
      `DELETE FROM tanxiao.${table}`,
      `TRUNCATE tanxiao.${table} CASCADE`,
    ])
      await expect(database.pool.query(statement)).rejects.toThrow('append-only');
  });

  it('and every other table are described, and name who wrote each row', async () => {
    const { rows } = await database.pool.query<{ table: string; described: boolean; who: boolean }>(
      `SELECT c.relname AS table, obj_description(c.oid) IS NOT NULL AS described,
         (SELECT count(*) = 2 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname IN ('actor', 'request_id')) AS who
       FROM pg_class c WHERE c.relnamespace = 'tanxiao'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> 'migrations'`,
    );
    expect(rows.filter(({ described }) => !described)).toEqual([]);
    // Their run says who and when. An idempotency key is the actor's own.
    expect(
      rows
        .filter(({ who }) => !who)
        .map(({ table }) => table)
        .sort(),
    ).toEqual([
      'run_chunks',
      'run_moves',
      'run_partials',
      'run_populations',
      'run_rank_groups',
      'run_rank_keys',
      'run_ranks',
      'run_ratings',
    ]);
  });
});
