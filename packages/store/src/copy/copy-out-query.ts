/**
 * COPY TO as a query of pg that takes the bytes from the socket itself: pg makes an object and an event of every row, and a
 * chunk has twenty thousand. Rows come one message each (https://www.postgresql.org/docs/current/protocol-flow.html, "COPY
 * Operations"); whatever else comes is pg's.
 */
import type { Connection, Submittable } from 'pg';

import { movedToLarger, takeBytes } from './byte-space';
import { divert, type Reading } from './diverted-reading';

const COPY_DATA = 'd'.charCodeAt(0);
const COPY_OUT_RESPONSE = 'H'.charCodeAt(0);
/** May come at any time. */
const INTERSPERSED = ['N', 'S', 'A'].map((code) => code.charCodeAt(0));
/** Code and length, which counts itself. */
const HEADER_BYTES = 5;
const LENGTH_BYTES = 4;

const FIRST_ROOM = 1 << 20;

export interface CopiedOut {
  readonly rows: Buffer;
  /** What they stand in; the caller's from then on. */
  readonly room: Buffer;
}

export class CopyOutQuery implements Submittable {
  private room = takeBytes(FIRST_ROOM);
  private used = 0;
  private reading: Reading | null = null;
  /** Of the message at hand: header bytes so far, how much of its content is still to come, and whether it is a row. */
  private readonly header = Buffer.alloc(HEADER_BYTES);
  private headerBytes = 0;
  private left = 0;
  private isRow = false;

  constructor(
    private readonly text: string,
    private readonly ended: (outcome: CopiedOut | Error) => void,
  ) {}

  submit(connection: Connection): void {
    this.reading = divert(connection.stream, this.take);
    connection.query(this.text);
  }

  private readonly take = (piece: Buffer): void => {
    for (let at = 0; at < piece.length;) {
      if (this.left === 0) {
        at = this.readHeader(piece, at);
        if (this.headerBytes < HEADER_BYTES) return;
        const code = this.header[0]!;
        if (!isExpected(code)) {
          this.leave(piece.subarray(at));
          return;
        }
        this.headerBytes = 0;
        this.left = this.header.readInt32BE(1) - LENGTH_BYTES;
        this.isRow = code === COPY_DATA;
      }
      const end = Math.min(piece.length, at + this.left);
      if (this.isRow) this.append(piece, at, end);
      this.left -= end - at;
      at = end;
    }
  };

  private readHeader(piece: Buffer, start: number): number {
    let at = start;
    while (this.headerBytes < HEADER_BYTES && at < piece.length)
      this.header[this.headerBytes++] = piece[at++]!;
    return at;
  }

  private append(piece: Buffer, start: number, end: number): void {
    const needed = this.used + end - start;
    if (needed > this.room.length) this.room = movedToLarger(this.room, this.used, needed);
    piece.copy(this.room, this.used, start, end);
    this.used = needed;
  }

  /** The end of the copy or an error, whose header is read already: pg reads on from there. */
  private leave(rest: Buffer): void {
    this.reading!.giveBack(Buffer.concat([this.header, rest]));
  }

  handleError(error: Error): void {
    this.ended(error);
  }

  handleCommandComplete(): void {
    // The rows are all there; what remains is the server's readiness.
  }

  handleReadyForQuery(): void {
    this.ended({ rows: this.room.subarray(0, this.used), room: this.room });
  }
}

function isExpected(code: number): boolean {
  return code === COPY_DATA || code === COPY_OUT_RESPONSE || INTERSPERSED.includes(code);
}
