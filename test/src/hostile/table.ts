/** What became of the cases, a line a kind: count, refused, evaluated, broken, slowest, largest heap. */
import type { HostileCase } from './hostile-case';
import type { Trial } from './pool';

type CaseOf = (serial: number) => HostileCase;

export function brokenIn(trials: readonly Trial[], caseOf: CaseOf): string[] {
  return trials.flatMap(({ serial, reply, end }) => {
    const why = reply === null ? end : reply.outcome.kind === 'broken' ? reply.outcome.error : null;
    if (why === null) return [];
    const { kind, name } = reply ?? caseOf(serial);
    return [`BROKEN ${serial} ${kind}, ${name}: ${why}`];
  });
}

export function tableOf(trials: readonly Trial[], caseOf: CaseOf): string {
  const byKind = new Map<string, Trial[]>();
  for (const trial of trials) {
    const { kind } = trial.reply ?? caseOf(trial.serial);
    byKind.set(kind, [...(byKind.get(kind) ?? []), trial]);
  }
  const rows = [...byKind].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    ['kind', 'count', 'refused', 'evaluated', 'broken', 'slowest', 'of it', 'heap MB'],
    ...[...rows, ['all', [...trials]] as const].map(([kind, of]) => row(kind, of)),
  ]
    .map(([kind, ...cells]) => kind!.padEnd(20) + cells.map((cell) => cell.padStart(10)).join(''))
    .join('\n');
}

function row(kind: string, trials: readonly Trial[]): string[] {
  const count = (outcome: string): number =>
    trials.filter(({ reply }) => reply?.outcome.kind === outcome).length;
  const [refused, evaluated] = [count('refused'), count('evaluated')];
  const replies = trials.flatMap(({ reply }) => reply ?? []);
  const [slowest] = [...replies].sort((a, b) => b.milliseconds - a.milliseconds);
  return [
    kind,
    String(trials.length),
    String(refused),
    String(evaluated),
    String(trials.length - refused - evaluated),
    slowest ? `${(slowest.milliseconds / 1000).toFixed(2)} s` : '–',
    slowest ? slowest.name.slice(0, 40) : '–',
    (Math.max(0, ...replies.map((reply) => reply.heapBytes)) / 1e6).toFixed(0),
  ];
}
