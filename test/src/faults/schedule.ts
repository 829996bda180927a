/** A schedule of faults, drawn from a seed: the same seed gives the same one. Pure. */
import { type Random, seededRandom } from '../agreement/random';
import { CLOCK_STEP_MS, CUT_MS, FROZEN_MS, RESTART_MS } from './limits';
import { type Cut, CUTS } from './link';
import { POSTGRES_DEATHS, type PostgresDeath } from './own-postgres';

export const BACKENDS = ['postgres', 'redis'] as const;
export type Backend = (typeof BACKENDS)[number];

/** What the client is doing when a fault falls. */
export const PHASES = [
  'arrival',
  'rating',
  'run',
  'publication',
  'correction',
  'second run',
] as const;
export type Phase = (typeof PHASES)[number];

/** Which process a fault falls on: a worker by its place (modulo their number), or the API. */
export type Victim = 'api' | number;

export type Fault =
  | { readonly kind: 'kill-worker'; readonly worker: number; readonly downMs: number }
  /** Every worker at once, and so every relay, wherever they are between claim and queue. */
  | { readonly kind: 'kill-relays'; readonly downMs: number }
  | { readonly kind: 'kill-api'; readonly downMs: number }
  | { readonly kind: 'kill-redis'; readonly downMs: number }
  | { readonly kind: 'kill-postgres'; readonly death: PostgresDeath; readonly downMs: number }
  /** FLUSHALL, or every job of the queue's schema deleted. */
  | { readonly kind: 'lose-queue' }
  /** Whatever waits in the outbox, and what waited there lately, queued once more as jobs of their own. */
  | { readonly kind: 'double-jobs' }
  | { readonly kind: 'step-clock'; readonly victim: Victim; readonly offsetMs: number }
  | {
      readonly kind: 'cut-network';
      readonly victim: Victim;
      readonly server: 'postgres' | 'redis';
      /**
       * PostgreSQL's are not forgotten: node-postgres notices that by TCP's keepalive alone, which a proxy answers. The
       * namespaces have it for true.
       */
      readonly cut: Cut;
      readonly forMs: number;
    }
  /** The client's connections to the API. */
  | { readonly kind: 'cut-client'; readonly cut: Cut; readonly forMs: number }
  /** SIGSTOP, and SIGCONT once its lock and leases have ended. */
  | { readonly kind: 'freeze-worker'; readonly worker: number; readonly forMs: number };
export type FaultKind = Fault['kind'];

export interface PlannedFault {
  readonly phase: Phase;
  /** After the beginning of the phase; it may end before. */
  readonly afterMs: number;
  readonly fault: Fault;
}

export interface Schedule {
  readonly seed: number;
  readonly backend: Backend;
  readonly workers: number;
  /** Clocks of the API and of each worker at their start, beside the machine's. */
  readonly clockOffsetsMs: readonly number[];
  readonly faults: readonly PlannedFault[];
}

/** Longest delay into each phase: about what it lasts undisturbed, more where faults draw it out. */
const REACH_MS: Readonly<Record<Phase, number>> = {
  arrival: 1200,
  rating: 300,
  run: 700,
  publication: 60,
  correction: 300,
  'second run': 700,
};

export function scheduleOf(seed: number, backend: Backend): Schedule {
  const random = seededRandom(seed);
  const workers = random.integer(1, 3);
  const offset = (): number => (random.chance(0.2) ? step(random) : 0);
  const clockOffsetsMs = Array.from({ length: 1 + workers }, offset);
  const count = random.integer(3, 8);
  const faults = Array.from({ length: count }, () => {
    const phase = random.pick(PHASES_BY_WEIGHT);
    const afterMs = random.integer(0, REACH_MS[phase]);
    return { phase, afterMs, fault: faultOf(random, backend) };
  });
  faults.sort((a, b) => PHASES.indexOf(a.phase) - PHASES.indexOf(b.phase) || a.afterMs - b.afterMs);
  return { seed, backend, workers, clockOffsetsMs, faults };
}

const PHASES_BY_WEIGHT: readonly Phase[] = [
  ...['arrival', 'arrival', 'rating', 'run', 'run', 'run'],
  ...['publication', 'correction', 'second run', 'second run'],
] as Phase[];

const KINDS_BY_WEIGHT: readonly FaultKind[] = [
  ...['kill-worker', 'kill-worker', 'kill-worker', 'kill-relays', 'kill-api', 'kill-api'],
  ...['kill-postgres', 'kill-postgres', 'lose-queue', 'lose-queue', 'double-jobs', 'double-jobs'],
  ...['step-clock', 'step-clock', 'cut-network', 'cut-network', 'cut-network', 'cut-client'],
  'freeze-worker',
] as FaultKind[];
const KINDS_ON_REDIS: readonly FaultKind[] = [...KINDS_BY_WEIGHT, 'kill-redis', 'kill-redis'];

function faultOf(random: Random, backend: Backend): Fault {
  const kind = random.pick(backend === 'redis' ? KINDS_ON_REDIS : KINDS_BY_WEIGHT);
  const within = ({ least, greatest }: { least: number; greatest: number }): number =>
    random.integer(least, greatest);
  const worker = random.integer(0, 2);
  const victim: Victim = random.chance(0.3) ? 'api' : worker;
  const downMs = within(RESTART_MS);
  switch (kind) {
    case 'kill-worker':
      return { kind, worker, downMs };
    case 'kill-relays':
    case 'kill-api':
    case 'kill-redis':
      return { kind, downMs };
    case 'kill-postgres':
      return { kind, death: random.pick(POSTGRES_DEATHS), downMs };
    case 'lose-queue':
    case 'double-jobs':
      return { kind };
    case 'step-clock':
      return { kind, victim, offsetMs: step(random) };
    case 'cut-network': {
      const cut = random.pick(CUTS);
      const forMs = within(CUT_MS);
      const queue = backend === 'redis' && random.chance(0.5);
      if (queue) return { kind, victim: worker, server: 'redis', cut, forMs };
      return {
        kind,
        victim,
        server: 'postgres',
        cut: cut === 'forgotten' ? 'stalled' : cut,
        forMs,
      };
    }
    case 'cut-client':
      return { kind, cut: random.pick(CUTS), forMs: within(CUT_MS) };
    case 'freeze-worker':
      return { kind, worker, forMs: within(FROZEN_MS) };
  }
}

function step(random: Random): number {
  return random.chance(0.5) ? CLOCK_STEP_MS : -CLOCK_STEP_MS;
}

/** One line a fault, for the print-out. */
export function scheduleText({ seed, backend, workers, clockOffsetsMs, faults }: Schedule): string {
  const clocks = clockOffsetsMs.map((ms) => ms / 1000).join(', ');
  const lines = faults.map(({ phase, afterMs, fault }) => {
    const { kind, ...details } = fault;
    return `  ${phase} + ${afterMs} ms: ${kind} ${JSON.stringify(details)}`;
  });
  const head = `seed ${seed}, ${backend}, ${workers} workers, clocks of API and workers ${clocks} s off`;
  return [head, ...lines].join('\n');
}
