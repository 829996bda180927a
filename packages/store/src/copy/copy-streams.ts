/** COPY over the pool's own connections: a query's rows out as one buffer, a buffer of rows in. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import type { PoolClient } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';

/** All rows of a query in binary form. @param query without parameters: COPY takes none */
export async function copyOut(client: PoolClient, query: string): Promise<Buffer> {
  const pieces: Buffer[] = [];
  const rows = client.query(copyTo(`COPY (${query}) TO STDOUT (FORMAT binary)`));
  for await (const piece of rows) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

/** Writes rows made by a `BinaryRowWriter`. @param into table and columns, `tanxiao.x (a, b)` */
export async function copyIn(client: PoolClient, into: string, rows: Buffer): Promise<void> {
  const target = client.query(copyFrom(`COPY ${into} FROM STDIN (FORMAT binary)`));
  await pipeline(Readable.from(piecesOf(rows), { objectMode: true }), target);
}

/** The server reads while the next piece is on its way. */
const PIECE_BYTES = 1 << 18;

function* piecesOf(rows: Buffer): Generator<Buffer> {
  for (let start = 0; start < rows.length; start += PIECE_BYTES)
    yield rows.subarray(start, start + PIECE_BYTES);
}
