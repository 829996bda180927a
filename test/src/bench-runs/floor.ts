/**
 * The floor of a run, on the same server: the same inputs out by one binary COPY to a client that throws them away, and
 * the same finished rows in by one binary COPY into the same kind of table, one after the other on one connection.
 */
import { copyIn } from '@tanxiao/store';
import type { Pool, PoolClient } from 'pg';
import { to as copyTo } from 'pg-copy-streams';

import { treeSeconds } from './processor-time';
import { settled } from './settled-server';

export interface Floor {
  readonly outMs: number;
  readonly inMs: number;
  readonly outBytes: number;
  readonly inBytes: number;
  /** Processor time of PostgreSQL for both. */
  readonly postgresSeconds: number;
}

const COLUMNS = `run_id, subject_id, submission_id, benchmark_id, year_before_id, rank_value, ordinal, revision,
  grade, level, period, region_code, industry_classification, industry_code, reasons, results, bands`;

export async function measureFloor(
  pool: Pool,
  of: {
    readonly serverPid: number;
    readonly runId: string;
    readonly rulebookId: string;
    readonly period: string;
  },
): Promise<Floor> {
  const client = await pool.connect();
  try {
    await client.query(`DROP TABLE IF EXISTS tanxiao.floor_ratings`);
    await client.query(
      `CREATE TABLE tanxiao.floor_ratings (LIKE tanxiao.run_ratings INCLUDING ALL) PARTITION BY RANGE (period);
       CREATE TABLE tanxiao.floor_ratings_all PARTITION OF tanxiao.floor_ratings DEFAULT`,
    );
    const finished = await rowsOf(
      client,
      `SELECT ${COLUMNS} FROM tanxiao.run_ratings WHERE run_id = '${of.runId}' AND period = '${of.period}' ORDER BY subject_id`,
    );
    await settled(client);
    const secondsBefore = treeSeconds(of.serverPid);
    const outStart = performance.now();
    const outBytes = await discarded(
      client,
      `SELECT id, subject_id, revision, layout_id, region_code, industry_classification, industry_code, inputs
       FROM tanxiao.submissions WHERE rulebook_id = '${of.rulebookId}' AND period = '${of.period}'`,
    );
    const inStart = performance.now();
    await copyIn(client, `tanxiao.floor_ratings (${COLUMNS})`, finished);
    const end = performance.now();
    const postgresSeconds = treeSeconds(of.serverPid) - secondsBefore;
    await client.query(`DROP TABLE tanxiao.floor_ratings`);
    return {
      ...{ outMs: inStart - outStart, inMs: end - inStart },
      ...{ outBytes, inBytes: finished.length, postgresSeconds },
    };
  } finally {
    client.release();
  }
}

async function discarded(client: PoolClient, query: string): Promise<number> {
  let bytes = 0;
  for await (const piece of client.query(copyTo(`COPY (${query}) TO STDOUT (FORMAT binary)`)))
    bytes += (piece as Buffer).length;
  return bytes;
}

async function rowsOf(client: PoolClient, query: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of client.query(copyTo(`COPY (${query}) TO STDOUT (FORMAT binary)`)))
    pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}
