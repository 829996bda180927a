/** A part of the hostile cases, in child processes of `npm run build`'s output; `npm run hostile` tries them all. */
import { HAND_WRITTEN_COUNT, hostileCase } from './cases';
import { changesSince, snapshotOfGlobals } from './globals';
import { tryAll } from './pool';
import { brokenIn } from './table';

const SEED = 20261122;
/** Every seventh hand-written case, and so many seeded ones. */
const STEP = 7;
const SEEDED = 120;

test('a hostile rulebook is refused or rated as the referee would, within 256 MB and 10 s', async () => {
  const serials = [
    ...Array.from({ length: Math.floor(HAND_WRITTEN_COUNT / STEP) }, (_, i) => i * STEP),
    ...Array.from({ length: SEEDED }, (_, i) => HAND_WRITTEN_COUNT + i),
  ];
  const trials = await tryAll(
    serials.map((serial) => ({ serial, seed: SEED })),
    () => undefined,
  );
  expect(brokenIn(trials, (serial) => hostileCase(serial, SEED))).toEqual([]);
  const count = (kind: string): number =>
    trials.filter(({ reply }) => reply?.outcome.kind === kind).length;
  // Worth something only where both ends are met often.
  expect(count('refused')).toBeGreaterThan(100);
  expect(count('evaluated')).toBeGreaterThan(100);
}, 120_000);

test('what a rulebook would change outside of itself is seen', () => {
  const before = snapshotOfGlobals();
  expect(changesSince(before)).toEqual([]);
  Object.defineProperty(Object.prototype, 'polluted', { value: true, configurable: true });
  try {
    expect(changesSince(before)).toEqual(['Object.prototype.polluted']);
  } finally {
    Reflect.deleteProperty(Object.prototype, 'polluted');
  }
});
