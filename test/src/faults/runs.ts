/**
 * The runs of a schedule, by the API alone: everything here that knows how a run goes on, so that a change of the run
 * pipeline changes this file and no other.
 */
import { setTimeout as sleep } from 'node:timers/promises';

import type { Run } from '@tanxiao/client';

import { PATIENCE_MS } from './limits';
import type { PatientClient } from './patient-client';
import { PERIOD, RULEBOOK } from './workload';

/** States in which a run waits for its publication, and in which it will never come to it. */
const PUBLISHABLE: readonly string[] = ['ranked'];
const LOST: readonly string[] = ['failed', 'cancelled'];
const POLL_MS = 60;

/**
 * @param told how far the run is, at every look
 * @returns the run once it can be published. @throws where it failed or does not come to an end
 */
export async function run(
  client: PatientClient,
  key: string,
  told: (subjects: Run['subjects']) => void = () => undefined,
): Promise<Run> {
  const { id } = await client.createRun(PERIOD, key);
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const now = await client.getRun(id);
    told(now.subjects);
    if (PUBLISHABLE.includes(now.state)) return now;
    if (LOST.includes(now.state)) throw new Error(`run ${key} is ${now.state}: ${now.failure}`);
    if (Date.now() > deadline)
      throw new Error(
        `run ${key} is still ${now.state} after ${PATIENCE_MS / 1000} s: ${JSON.stringify(now.subjects)}`,
      );
    await sleep(POLL_MS);
  }
}

export async function publish(client: PatientClient, id: string): Promise<void> {
  const published = await client.publish(id);
  if (published.state !== 'published' || !published.current)
    throw new Error(`run ${id} was published and is ${published.state}`);
}

/** All a reader can get of a run's ratings and benchmarks, without ids and times. */
export async function runText(client: PatientClient, id: string): Promise<string> {
  const population = { rulebook: RULEBOOK, period: PERIOD, runId: id };
  const ratings = await client.pages('/v1/ratings', population);
  const benchmarks = await client.pages('/v1/benchmarks', population);
  const { subjects } = await client.getRun(id);
  return [subjects, ...ratings, ...benchmarks]
    .map((part) => JSON.stringify(part, withoutIdsAndTimes))
    .sort()
    .join('\n');
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

function withoutIdsAndTimes(name: string, value: unknown): unknown {
  if (name.endsWith('At')) return undefined;
  return typeof value === 'string' ? value.replace(UUID, 'id') : value;
}
