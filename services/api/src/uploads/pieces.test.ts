import fc from 'fast-check';

import { inPieces } from './pieces';

describe('pieces of an upload', () => {
  it('together are the file, and all but the last have the one size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 40 })),
        fc.integer({ min: 1, max: 32 }),
        async (buffers, size) => {
          const source = (function* () {
            for (const buffer of buffers) yield Buffer.from(buffer);
          })();
          const pieces: Buffer[] = [];
          for await (const piece of inPieces(asyncOf(source), size))
            pieces.push(Buffer.from(piece));
          expect(Buffer.concat(pieces)).toEqual(Buffer.concat(buffers));
          expect(pieces.slice(0, -1).every((piece) => piece.length === size)).toBe(true);
          expect(pieces.at(-1)?.length ?? 1).toBeGreaterThan(0);
        },
      ),
      { numRuns: 200 },
    );
  });
});

async function* asyncOf<T>(items: Iterable<T>): AsyncGenerator<T> {
  for (const item of items) yield await Promise.resolve(item);
}
