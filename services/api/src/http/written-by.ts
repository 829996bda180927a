/** Whose a write is: the actor, the request that asks for it, and the trace that goes on from it. */
import type { Provenance } from '@tanxiao/store';
import { currentTraceparents } from '@tanxiao/telemetry';

import { ACTOR } from '../context';
import type { Call } from './route';

export function writtenBy({ requestId }: Pick<Call, 'requestId'>): Provenance {
  return { actor: ACTOR, requestId, traceparents: currentTraceparents() };
}
