/** Cuts a stream of buffers of any size into pieces of one size; only the last is smaller. */

/**
 * One piece is in memory, beside what the source hands over: each is valid only until the next is asked for.
 */
export async function* inPieces(
  source: AsyncIterable<Buffer>,
  size: number,
): AsyncGenerator<Buffer> {
  const piece = Buffer.allocUnsafe(size);
  let filled = 0;
  for await (const buffer of source) {
    let taken = 0;
    while (taken < buffer.length) {
      const copied = buffer.copy(piece, filled, taken);
      taken += copied;
      filled += copied;
      if (filled === size) {
        yield piece;
        filled = 0;
      }
    }
  }
  if (filled > 0) yield piece.subarray(0, filled);
}
