/** A CSV of 200,000 rows: the API process's memory stays bounded; rows a second are printed. */
import path from 'node:path';

import { TanxiaoClient } from '@tanxiao/client';

import type { Acceptance } from './acceptance';
import { RULEBOOK, writeIndustrialFile } from './industrial-file';

const ROWS = 200_000;
const LIMIT_BYTES = 300e6;

export async function largeUpload({ folder, stack, say }: Acceptance): Promise<boolean> {
  const file = path.join(folder, 'large.csv');
  const bytes = await writeIndustrialFile(file, ROWS, 5);
  const { url, apiPeakMemory } = await stack();
  const client = new TanxiaoClient({ baseUrl: url });
  const idle = apiPeakMemory();
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / 1000;
  const upload = await client.uploadFile(file, {
    rulebook: RULEBOOK,
    period: '2026Q1',
    partial: true,
    idempotencyKey: 'large',
  });
  const received = seconds();
  const imported = await client.waitForUpload(upload.id, { timeoutSeconds: 1200 });
  const kept = seconds();
  const rated = await client.waitForUpload(upload.id, { rated: true, timeoutSeconds: 1200 });
  const all = seconds();
  // Straight after the import, before anything else may have told the planner of it.
  const filter = { rulebook: RULEBOOK, period: '2026Q1' };
  const reads: Readonly<Record<string, () => Promise<unknown>>> = {
    'a page of ratings': () => client.get('/v1/ratings', { query: filter }),
    'a page of the ranking': () => client.get('/v1/rankings', { query: filter }),
    'the distribution': () =>
      client.get('/v1/distribution', { query: { ...filter, by: 'region' } }),
    'the export': async () =>
      (await client.fetch('/v1/ratings/export', { query: filter })).arrayBuffer(),
  };
  for (const [what, read] of Object.entries(reads)) {
    const asked = performance.now();
    await read();
    say(`reading ${what}: ${(performance.now() - asked).toFixed(0)} ms`);
  }
  const peak = apiPeakMemory();
  const rate = (n: number, s: number): string => `${Math.round(n / s)} rows/s`;
  say(`${ROWS} rows, ${(bytes / 1e6).toFixed(1)} MB; durability: fsync and synchronous_commit on`);
  say(
    `received after ${received.toFixed(1)} s, checked and kept after ${kept.toFixed(1)} s (${rate(ROWS, kept)}), rated after ${all.toFixed(1)} s (${rate(ROWS, all)})`,
  );
  say(`rows ${JSON.stringify(rated.rows)}`);
  say(
    `API process: peak memory ${(peak / 1e6).toFixed(0)} MB (idle ${(idle / 1e6).toFixed(0)} MB), limit ${LIMIT_BYTES / 1e6} MB`,
  );
  return (
    peak > 0 && peak < LIMIT_BYTES && imported.rows.accepted === ROWS && rated.rows.rated === ROWS
  );
}
