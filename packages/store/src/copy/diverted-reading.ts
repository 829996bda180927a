/** Bytes of a connection taken from pg for a while: before pg's own reader, not instead of it. */
import type { Duplex } from 'node:stream';

import { type Borrower, LendingSocket } from './lending-socket';

export interface Reading {
  /** pg reads on. @param rest what was taken and is pg's, its own from then on */
  giveBack(rest: Buffer): void;
}

/** @param take gets bytes that are its own only for as long as it runs */
export function divert(stream: Duplex, take: Borrower): Reading {
  const [pg, ...others] = stream.listeners('data') as Borrower[];
  if (pg === undefined || others.length > 0)
    throw new TypeError('a connection that something else than pg reads from');
  if (stream instanceof LendingSocket) {
    stream.lendTo(take);
    return {
      giveBack(rest) {
        stream.lendTo(null);
        pg(rest);
      },
    };
  }
  // TLS has buffers of its own.
  stream.on('data', take);
  stream.off('data', pg);
  return {
    giveBack(rest) {
      stream.on('data', pg);
      stream.off('data', take);
      pg(rest);
    },
  };
}
