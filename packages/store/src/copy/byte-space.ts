/**
 * Room for the bytes of COPYs, used again: a chunk has some 7 MB each way, and the first touch of fresh memory costs more
 * than what is written there.
 */
const SPARE = 4;
const LARGEST_SPARE_BYTES = 16 << 20;
const SMALLEST_SPARE_BYTES = 1 << 16;

const spares: Buffer[] = [];

/** At least so many bytes, of any content. */
export function takeBytes(least: number): Buffer {
  const found = spares.findIndex(({ length }) => length >= least);
  return found < 0 ? Buffer.allocUnsafe(least) : spares.splice(found, 1)[0]!;
}

/** Nobody reads or writes them any more. */
export function giveBytesBack(bytes: Buffer): void {
  if (bytes.length < SMALLEST_SPARE_BYTES || bytes.length > LARGEST_SPARE_BYTES) return;
  spares.push(bytes);
  // The largest ones serve every chunk; the smallest that fits is taken.
  spares.sort((a, b) => a.length - b.length);
  if (spares.length > SPARE) spares.shift();
}

/** A larger room with the same first bytes; the old one may be given out again. */
export function movedToLarger(bytes: Buffer, used: number, least: number): Buffer {
  const larger = takeBytes(Math.max(bytes.length * 2, least));
  bytes.copy(larger, 0, 0, used);
  giveBytesBack(bytes);
  return larger;
}
