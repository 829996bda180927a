/** A rule change as a regulator lives it: API, worker and command line as processes, PostgreSQL between them. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { type Rating, TanxiaoClient } from '@tanxiao/client';
import { usccCheckCharacter } from '@tanxiao/contracts';
import { loadStandards } from '@tanxiao/standards';

import { makeTempDir, type TempDir, type TestDatabase } from '../support';
import { createMigratedDatabase } from '../support/migrated-database';
import { type SourceProcess, startSource, tanxiao } from './source-process';

jest.setTimeout(300_000);

const ID = 'small-enterprise-carbon-efficiency';
const PERIOD = '2026Q3';
const CLAUSE = '示例文件第九号';
const ofPeriod = { rulebook: ID, period: PERIOD };

let database: TestDatabase;
let folder: TempDir;
let processes: SourceProcess[] = [];
let client: TanxiaoClient;
let server: string;

async function startAll(): Promise<void> {
  const environment = { DATABASE_URL: database.url, LOG_LEVEL: 'error' };
  processes = await Promise.all([
    startSource('test/src/rule-change/api-process.ts', environment),
    startSource('services/worker/src/main.ts', environment),
  ]);
  server = processes[0]!.said.url as string;
  client = new TanxiaoClient({ baseUrl: server, language: 'zh' });
}

async function stopAll(): Promise<void> {
  const ended = processes;
  processes = [];
  expect(await Promise.all(ended.map((one) => one.stop()))).toEqual([0, 0]);
}

beforeAll(async () => {
  database = await createMigratedDatabase();
  folder = await makeTempDir();
  await startAll();
});
afterAll(async () => {
  await stopAll();
  await database.drop();
  await folder.remove();
});

function uscc(number: number): string {
  const first17 = `91330502MA${String(number).padStart(7, '0')}`;
  return first17 + usccCheckCharacter(first17);
}

/** Submits enterprises with these purchases of electricity, and waits for their ratings. */
async function submitted(purchases: Readonly<Record<number, number>>): Promise<void> {
  const numbers = Object.keys(purchases).map(Number);
  await client.submit({
    ...ofPeriod,
    submissions: numbers.map((number) => ({
      ...{ uscc: uscc(number), regionCode: '330502', industryCode: '1751' },
      inputs: { revenue_10k_cny: 1000, carrier_33: purchases[number]!, carrier_15: 0 },
    })),
  });
  const end = Date.now() + 120_000;
  for (const number of numbers)
    while ((await ratingOf(number)) === null) {
      if (Date.now() > end) throw new Error(`enterprise ${number} was not rated in time`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
}

async function ratingOf(number: number): Promise<Rating | null> {
  for await (const rating of client.ratings({ ...ofPeriod, uscc: uscc(number) })) return rating;
  return null;
}

function approve(id: string, by: string) {
  return tanxiao('rulebook', 'approve', id, '--server', server, '--by', by);
}

function gradeOf(rating: Rating): string | undefined {
  return rating.gradings.find(({ name }) => name === 'carbon_efficiency_grade')?.code;
}

async function publishedRun(): Promise<{ readonly version: string }> {
  const { id } = await client.createRun(ofPeriod);
  const run = await client.waitForRun(id, { timeoutSeconds: 120, pollMs: 50 });
  expect(run.state).toBe('ranked');
  await client.publish(id);
  return { version: run.rulebook.version };
}

test('a rulebook is proposed, tried, approved by a second person, and rates what comes after; what was rated stays', async () => {
  // K is 0.6, 1, 1, 1 and 1.4: with the limit of grade 3 at 1.2 the last is grade 4, at 1.5 grade 3.
  await submitted({ 1: 60, 2: 100, 3: 100, 4: 100, 5: 140 });
  expect((await publishedRun()).version).toBe('1.0.0');
  const old = (await ratingOf(5))!;
  expect([old.rulebook.version, gradeOf(old)]).toEqual(['1.0.0', '4']);

  const file = path.join(folder.path, 'draft.yaml');
  writeFileSync(file, draft());
  const proposed = await tanxiao(
    ...['rulebook', 'propose', file, '--server', server, '--format', 'json'],
    ...['--by', '王伟', '--reason', '按示例文件第九号放宽三级'],
  );
  expect(proposed).toMatchObject({ code: 0 });
  const proposal = JSON.parse(proposed.stdout) as { id: string; document: { hash: string } };
  const listed = await tanxiao('rulebook', 'proposals', '--server', server, '--state', 'open');
  expect(listed.stdout).toContain(proposal.id);

  const tried = await client.post('/v1/dry-runs', {
    body: { ...ofPeriod, after: { proposal: proposal.id }, movers: 10 },
  });
  expect(tried.counts).toMatchObject({ better: 1, worse: 0, unchanged: 4 });

  const self = await approve(proposal.id, '王 伟');
  expect(self.code).toBe(1);
  expect(self.stderr).toContain('another person');
  await submitted({ 6: 140 });
  expect((await ratingOf(6))!.rulebook.version).toBe('1.0.0');

  const approved = await approve(proposal.id, '李娜');
  expect(approved).toMatchObject({ code: 0 });
  expect(approved.stdout).toContain('what is published stays');

  await submitted({ 7: 140 });
  const fresh = (await ratingOf(7))!;
  expect([fresh.rulebook.hash, fresh.state]).toEqual([proposal.document.hash, 'provisional']);
  expect(gradeOf(fresh)).toBe('3');
  expect(await client.explanationText(fresh.id)).toContain(CLAUSE);
  expect((await client.replay(fresh.id)).identical).toBe(true);

  // Neither the published rating nor the provisional one of before has changed.
  expect(await ratingOf(5)).toEqual(old);
  expect((await ratingOf(6))!.rulebook.version).toBe('1.0.0');

  expect((await publishedRun()).version).toBe('1.5.0');
  const now = (await ratingOf(5))!;
  expect([now.rulebook.version, gradeOf(now)]).toEqual(['1.5.0', '3']);
  expect((await client.replay(old.id)).identical).toBe(true);

  await stopAll();
  await startAll();
  await submitted({ 8: 140 });
  expect((await ratingOf(8))!.rulebook.hash).toBe(proposal.document.hash);
  const { items } = await client.get('/v1/rulebooks', {});
  expect(items.find(({ hash }) => hash === proposal.document.hash)?.origin.approval).toMatchObject({
    proposedBy: '王伟',
    approvedBy: '李娜',
  });
});

test('a broken draft is refused on the command line with its lines and remedies', async () => {
  const file = path.join(folder.path, 'broken.yaml');
  writeFileSync(file, draft().replace('of: carbon_efficiency_ratio', 'of: no_such_value'));
  const refused = await tanxiao(
    ...['rulebook', 'propose', file, '--server', server, '--by', '王伟', '--reason', 'x'],
  );
  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(/line \d+, column \d+ \(unknown-name\): .*no_such_value/);
});

function draft(): string {
  const { text } = loadStandards().rulebooks.find(({ id }) => id === ID)!;
  return text
    .replace('version: 1.0.0', 'version: 1.5.0')
    .replace('effective: { from: "2021-01-01" }', 'effective: { from: "2026-07-01" }')
    .replace(
      /value: 1\.2, source: project, clause: \S+,/,
      `value: 1.5, source: project, clause: ${CLAUSE},`,
    );
}
