/** A CSV from its first byte to its last rating, and the floor: COPY of the same finished rows into the same tables. */
import { rm } from 'node:fs/promises';
import path from 'node:path';

import { TanxiaoClient } from '@tanxiao/client';
import type { Client } from 'pg';

import { PERIOD, RULEBOOK, writeRows } from './made-rows';
import type { Service } from './posts';
import { serverTimes, timesBetween } from './server-times';

export async function bulkToRated(
  service: Service,
  of: { readonly rows: number; readonly first: number; readonly folder: string },
): Promise<readonly string[]> {
  const file = path.join(of.folder, `bulk-${of.rows}.csv`);
  const bytes = await writeRows(file, of.rows, of.first);
  const client = new TanxiaoClient({ baseUrl: service.url });
  const before = serverTimes(service.pid);
  const began = performance.timeOrigin + performance.now();
  const { id } = await client.uploadFile(file, { rulebook: RULEBOOK, period: PERIOD });
  const received = performance.timeOrigin + performance.now();
  const { state, rows } = await client.waitForUpload(id, { rated: true, pollMs: 250 });
  const after = serverTimes(service.pid);
  await rm(file);
  if (state !== 'done' || rows.rated !== of.rows)
    throw new Error(`upload ${id} ended as ${state} with ${rows.rated} of ${of.rows} rated`);
  const keptMs = await lastCommitMs(service.database, 'submissions', id);
  const ratedMs = await lastCommitMs(service.database, 'arrival_ratings', id);
  const seconds = (ms: number): number => (ms - began) / 1000;
  const floor = await copyFloor(service.database, { uploadId: id, folder: of.folder });
  const part = (ms: number): string =>
    `${seconds(ms).toFixed(2)} s (${Math.round(of.rows / seconds(ms))} rows/s)`;
  return [
    `${of.rows} rows, ${(bytes / 1e6).toFixed(1)} MB: received ${part(received)}, kept ${part(keptMs)}, rated ${part(ratedMs)}`,
    `cores until rated: ${timesBetween(before, after, seconds(ratedMs))}`,
    `floor: COPY in of the same submissions and ratings, one after the other: ${floor.toFixed(2)} s (${Math.round(of.rows / floor)} rows/s); ${(seconds(ratedMs) / floor).toFixed(1)} × the floor`,
  ];
}

async function lastCommitMs(
  database: Client,
  table: 'submissions' | 'arrival_ratings',
  uploadId: string,
): Promise<number> {
  const of = `SELECT id FROM tanxiao.submissions WHERE upload_id = $1`;
  const { rows } = await database.query<{ ms: number }>(
    `SELECT extract(epoch FROM max(pg_xact_commit_timestamp(xmin)))::float8 * 1000 AS ms FROM tanxiao.${table}
     WHERE ${table === 'submissions' ? 'id' : 'submission_id'} IN (${of})`,
    [uploadId],
  );
  return rows[0]!.ms;
}

/** Seconds. Binary, server-side, each COPY a durable transaction; same columns, checks and indexes, no triggers. */
async function copyFloor(
  database: Client,
  { uploadId, folder }: { readonly uploadId: string; readonly folder: string },
): Promise<number> {
  const parts = {
    submissions: `SELECT * FROM tanxiao.submissions WHERE upload_id = '${uploadId}'`,
    arrival_ratings: `SELECT r.* FROM tanxiao.arrival_ratings r JOIN tanxiao.submissions s ON s.id = r.submission_id WHERE s.upload_id = '${uploadId}'`,
  };
  let seconds = 0;
  for (const [table, query] of Object.entries(parts)) {
    const file = path.join(folder, `floor-${table}.bin`);
    await database.query(`COPY (${query}) TO '${file}' (FORMAT binary)`);
    await database.query(
      `CREATE SCHEMA IF NOT EXISTS floor; CREATE TABLE floor.${table} (LIKE tanxiao.${table} INCLUDING ALL)`,
    );
    const began = performance.now();
    await database.query(`COPY floor.${table} FROM '${file}' (FORMAT binary)`);
    seconds += (performance.now() - began) / 1000;
    await database.query(`DROP TABLE floor.${table}`);
    await rm(file);
  }
  return seconds;
}
