/**
 * What the worker processes spent their time with (`--profile FOLDER`): V8's profiles of them, summed by the part of the
 * product that a function belongs to. The profiles stay in the folder; Chromium's developer tools show them as a flame graph.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

const SHOWN = 30;

/** The flags of a worker that leaves its profile in `folder` when it ends. */
export function profiling(folder: string): readonly string[] {
  return ['--cpu-prof', '--cpu-prof-interval', '500', `--cpu-prof-dir=${folder}`];
}

/** Seconds on the main thread by file and by function, the costliest first; idle time is left out. */
export function profiledParts(folder: string): readonly string[] {
  const byFile = new Map<string, number>();
  const byFunction = new Map<string, number>();
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.cpuprofile'))) {
    const profile = JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as CpuProfile;
    const frames = new Map(profile.nodes.map(({ id, callFrame }) => [id, callFrame]));
    profile.samples.forEach((id, i) => {
      const { functionName, url } = frames.get(id)!;
      if (functionName === '(idle)') return;
      const seconds = profile.timeDeltas[i]! / 1e6;
      const file = url === '' ? functionName || '(native)' : shortName(url);
      add(byFile, file, seconds);
      add(byFunction, `${functionName || '(anonymous)'} ${url === '' ? '' : file}`, seconds);
    });
  }
  const total = [...byFile.values()].reduce((sum, seconds) => sum + seconds, 0);
  return [
    `main threads of all workers, start and end included: ${total.toFixed(2)} s`,
    ...costliest(byFile, total),
    'by function:',
    ...costliest(byFunction, total),
  ];
}

function add(sums: Map<string, number>, key: string, seconds: number): void {
  sums.set(key, (sums.get(key) ?? 0) + seconds);
}

function costliest(sums: ReadonlyMap<string, number>, total: number): string[] {
  return [...sums]
    .sort(([, a], [, b]) => b - a)
    .slice(0, SHOWN)
    .map(
      ([name, seconds]) =>
        `${seconds.toFixed(2).padStart(7)} s ${((100 * seconds) / total).toFixed(1).padStart(5)} %  ${name}`,
    );
}

/** `packages/store/copy/copy-streams.js`, `pg-protocol/buffer-reader.js`, `node:net`. */
function shortName(url: string): string {
  const modules = url.lastIndexOf('/node_modules/');
  if (modules >= 0) return url.slice(modules + '/node_modules/'.length);
  const own = /\/((?:packages|services|infra)\/.*)$/.exec(url);
  return own?.[1]?.replace('/dist/', '/') ?? url;
}
