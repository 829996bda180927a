/**
 * The stopwatch. Contestants run in turns, round after round, so that whatever else the machine does falls on all of
 * them alike (a benchmark library measures one after the other); before, each is warmed up until the compiler has
 * settled. The best round says what the code can do, the median what it did here.
 */
import type { Contestant } from './contestant';

export interface Timing {
  readonly bestPerSecond: number;
  readonly medianPerSecond: number;
  /** Processor time over time passed, median: 1 is a core of its own, less was shared, more used several. */
  readonly cores: number;
}

export interface RaceLength {
  readonly rounds: number;
  readonly warmUpMs: number;
}

type Runner = Pick<Contestant, 'subjects' | 'repeats' | 'run'>;

/** In the order of the contestants. */
export async function race(
  contestants: readonly Runner[],
  { rounds, warmUpMs }: RaceLength,
): Promise<Timing[]> {
  for (const { run } of contestants) {
    const end = performance.now() + warmUpMs;
    do await run();
    while (performance.now() < end);
  }
  const laps = contestants.map((): Lap[] => []);
  for (let round = 0; round < rounds; round++)
    for (const [index, { run }] of contestants.entries()) laps[index]!.push(await lap(run));
  return contestants.map(({ subjects, repeats = 1 }, index) => {
    const rated = subjects * repeats;
    const seconds = laps[index]!.map((one) => one.seconds).sort((a, b) => a - b);
    const cores = laps[index]!.map((one) => one.cores).sort((a, b) => a - b);
    return {
      bestPerSecond: rated / seconds[0]!,
      medianPerSecond: rated / middle(seconds),
      cores: middle(cores),
    };
  });
}

interface Lap {
  readonly seconds: number;
  readonly cores: number;
}

async function lap(run: Runner['run']): Promise<Lap> {
  const processor = process.cpuUsage();
  const started = performance.now();
  await run();
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(processor);
  return { seconds, cores: (user + system) / 1e6 / seconds };
}

function middle(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)]!;
}
