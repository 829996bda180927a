/**
 * GET /v1/runs/{id}/events: a run's progress as server-sent events. It is read from the run's own tables, which the
 * steps fill in their transactions: what is told has happened.
 */
import { setTimeout as sleep } from 'node:timers/promises';

import { type RunState, WORKING_RUN_STATES } from '@tanxiao/contracts';
import { getRun } from '@tanxiao/store';

import type { ApiContext } from '../context';
import type { Call } from '../http/route';
import { streamed } from '../http/streamed';
import { requireRun } from './run-moves';
import { runView } from './run-view';

export const EVENT_STREAM = 'text/event-stream';
const INTERVAL_MS = 500;
/** Without a word for so long, a proxy takes the connection for dead. */
const HEARTBEAT_MS = 15_000;

export async function watchRun(call: Call<{ readonly id: string }>): Promise<void> {
  await requireRun(call.context, call.path.id);
  const release = call.context.watchSlots.take();
  try {
    call.response
      .set('content-type', EVENT_STREAM)
      .set('cache-control', 'no-store')
      .set('x-accel-buffering', 'no');
    await streamed(call, eventsOf(call.context, call.path.id));
  } finally {
    release();
  }
}

async function* eventsOf(context: ApiContext, id: string): AsyncGenerator<string> {
  let told = '';
  let toldAt = 0;
  for (;;) {
    const run = await getRun(context.pool, id);
    if (!run) return;
    const view = runView(run);
    // The rate changes with the clock alone; what is counted does not.
    const counted = JSON.stringify([view.state, view.progress?.step, view.progress?.done]);
    if (counted !== told) {
      yield `event: run\ndata: ${JSON.stringify(view)}\n\n`;
      told = counted;
      toldAt = Date.now();
    } else if (Date.now() - toldAt > HEARTBEAT_MS) {
      yield ': still here\n\n';
      toldAt = Date.now();
    }
    if (!isWorkedOn(run.state)) return;
    await sleep(INTERVAL_MS);
  }
}

function isWorkedOn(state: RunState): boolean {
  return (WORKING_RUN_STATES as readonly RunState[]).includes(state);
}
