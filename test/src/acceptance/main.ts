/**
 * Acceptance runs against the whole product: `npm run acceptance -- real-data|large-upload|kill|fuzz|heavy-bodies|dry-run [SEED]`
 * (after `npm run build`). Prints its figures; exits with 1 where a run fails.
 */
import { chmod } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { makeTempDir } from '../support/temp-dir';
import type { Acceptance } from './acceptance';
import { dryRuns } from './dry-run';
import { fuzz } from './fuzz';
import { heavyBodies } from './heavy-bodies';
import { kill } from './kill';
import { largeUpload } from './large-upload';
import { realData } from './real-data';
import { type Stack, startStack } from './stack';

const RUNS: Readonly<Record<string, (acceptance: Acceptance) => Promise<boolean>>> = {
  'real-data': realData,
  'large-upload': largeUpload,
  kill,
  fuzz,
  'heavy-bodies': heavyBodies,
  'dry-run': dryRuns,
};

async function main(name: string, seed: number): Promise<boolean> {
  const run = RUNS[name];
  if (!run) throw new Error(`unknown run "${name}": one of ${Object.keys(RUNS).join(', ')}`);
  const say = (line: string): void => {
    process.stdout.write(`${line}\n`);
  };
  say(
    `${name}: ${os.cpus().length} × ${os.cpus()[0]?.model ?? '?'}, Node ${process.version}, seed ${seed}`,
  );
  const folder = await makeTempDir(name);
  // As root the database runs under another account, which must get in.
  await chmod(folder.path, 0o755);
  let stack: Promise<Stack> | null = null;
  try {
    const ok = await run({
      folder: folder.path,
      seed,
      say,
      stack: () => (stack ??= startStack(path.join(folder.path, 'data'))),
    });
    say(`${name}: ${ok ? 'passed' : 'FAILED'}`);
    if (!ok) say((await (stack as Promise<Stack> | null))?.lastLines() ?? '');
    return ok;
  } catch (error) {
    say((await (stack as Promise<Stack> | null))?.lastLines() ?? '');
    throw error;
  } finally {
    await (await (stack as Promise<Stack> | null))?.stop();
    await folder.remove();
  }
}

main(process.argv[2] ?? '', Number(process.argv[3] ?? 20261122)).then(
  (ok) => (process.exitCode = ok ? 0 : 1),
  (error: unknown) => {
    process.stderr.write(
      `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exitCode = 1;
  },
);
