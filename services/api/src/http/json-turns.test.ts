import type { Request } from 'express';

import { JsonTurns } from './json-turns';

const KIB = 1024;

/** All that a turn reads of a request. */
const bodyOf = (bytes: number | null): Request =>
  ({ get: () => (bytes === null ? undefined : String(bytes)) }) as unknown as Request;

const settled = async (turn: Promise<unknown>): Promise<boolean> =>
  Promise.race([turn.then(() => true), new Promise<false>((r) => setTimeout(() => r(false), 20))]);

describe('room for JSON bodies', () => {
  it('a body waits until those before it are answered, and small ones wait behind it', async () => {
    const turns = new JsonTurns({ bytes: 256 * KIB });
    const end = await turns.take(bodyOf(200 * KIB));
    const large = turns.take(bodyOf(256 * KIB));
    const small = turns.take(bodyOf(10));
    expect([await settled(large), await settled(small)]).toEqual([false, false]);
    end();
    (await large)();
    (await small)();
  });

  it('a body of unknown length takes the room of the longest', async () => {
    const turns = new JsonTurns({ bytes: 20 * KIB * KIB + 64 * KIB, waitMs: 10 });
    await turns.take(bodyOf(null));
    await turns.take(bodyOf(1));
    await expect(turns.take(bodyOf(1))).rejects.toMatchObject({ code: 'too-much-at-once' });
  });

  it('who has waited too long is told to come back, and its room goes to the next', async () => {
    const turns = new JsonTurns({ bytes: 64 * KIB, waitMs: 10 });
    const end = await turns.take(bodyOf(1));
    await expect(turns.take(bodyOf(1))).rejects.toMatchObject({
      code: 'too-much-at-once',
      status: 429,
    });
    end();
    (await turns.take(bodyOf(1)))();
  });
});
