/** The processes that containers start, and whether one could start on a set of variables. */
import { existsSync } from 'node:fs';
import path from 'node:path';

import * as api from '@tanxiao/api';
import * as worker from '@tanxiao/worker';

export const REPOSITORY = path.resolve(__dirname, '../../..');

interface Process {
  readonly known: readonly string[];
  readonly read: (variables: Readonly<Record<string, string>>) => unknown;
}

/** By the file that the container's command names. */
const PROCESSES: Readonly<Record<string, Process>> = {
  'services/api/dist/main.js': { known: api.ENVIRONMENT_VARIABLES, read: api.readEnvironment },
  'services/worker/dist/main.js': {
    known: worker.ENVIRONMENT_VARIABLES,
    read: worker.readEnvironment,
  },
  'services/worker/dist/migrate-main.js': {
    known: worker.MIGRATE_VARIABLES,
    read: worker.readMigrateEnvironment,
  },
};

/** What is wrong with the variables that a container gives its process; null: nothing. */
export function environmentProblem(
  file: string,
  variables: Readonly<Record<string, string>>,
): string | null {
  const source = path.join(REPOSITORY, file.replace('/dist/', '/src/').replace(/\.js$/, '.ts'));
  const process = PROCESSES[file];
  if (process === undefined || !existsSync(source)) return `${file} is no process of ours`;
  const unknown = Object.keys(variables).filter((name) => !process.known.includes(name));
  if (unknown.length > 0) return `${file} does not read ${unknown.join(', ')}`;
  try {
    process.read(variables);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
