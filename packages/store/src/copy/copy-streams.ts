/** COPY over the pool's own connections: a query's rows out as bytes, rows in from a writer. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

import type { BinaryRowWriter } from './binary-row-writer';
import { giveBytesBack } from './byte-space';
import { type CopiedOut, CopyOutQuery } from './copy-out-query';

/**
 * All rows of a query in binary form.
 * @param query without parameters: COPY takes none
 * @param read gets the bytes for as long as it runs: their room serves the next copy
 */
export async function copyOut<T>(
  client: PoolClient,
  query: string,
  read: (bytes: Buffer) => T,
): Promise<T> {
  const text = `COPY (${query}) TO STDOUT (FORMAT binary)`;
  const { rows, room } = await new Promise<CopiedOut>((resolve, reject) => {
    client.query(
      new CopyOutQuery(text, (outcome) => {
        if (outcome instanceof Error) reject(outcome);
        else resolve(outcome);
      }),
    );
  });
  try {
    return read(rows);
  } finally {
    giveBytesBack(room);
  }
}

/** A text within a query of COPY. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Writes a writer's rows, which ends it. @param into table and columns, `tanxiao.x (a, b)` */
export async function copyRows(
  client: PoolClient,
  into: string,
  writer: BinaryRowWriter,
): Promise<void> {
  await copyIn(client, into, writer.take());
  // After a failure some of it may still wait for a socket.
  writer.giveBack();
}

/** Writes rows in binary form. @param into table and columns, `tanxiao.x (a, b)` */
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
