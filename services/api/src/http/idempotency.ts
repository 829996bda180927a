/**
 * Idempotency-Key (IETF draft-ietf-httpapi-idempotency-key-header): the answer is kept in the transaction of its
 * effect, so that a request sent twice has one effect and gets the same answer twice.
 */
import { createHash } from 'node:crypto';

import { ProblemError } from '@tanxiao/contracts';
import {
  completeIdempotency,
  inTransaction,
  reserveIdempotency,
  type Transaction,
} from '@tanxiao/store';
import type { Request } from 'express';

import { ACTOR } from '../context';
import { answerJson } from './answers';
import { IDEMPOTENCY_KEY_LENGTH } from './limits';
import type { Call } from './route';

export const IDEMPOTENCY_KEY_HEADER = {
  'idempotency-key': `1 to ${IDEMPOTENCY_KEY_LENGTH} visible ASCII characters. Sending the same request again with the same key has no second effect and gets the same answer.`,
};

const KEY = /^[\x21-\x7e]+$/;

/** The request's key, or null. @throws ProblemError `invalid-request` for a key that is none. */
export function idempotencyKeyOf(request: Request): string | null {
  const key = request.get('idempotency-key');
  if (key === undefined) return null;
  if (key.length <= IDEMPOTENCY_KEY_LENGTH && KEY.test(key)) return key;
  throw new ProblemError('invalid-request', {}, [
    {
      code: 'bad-field',
      seen: key.slice(0, 80),
      params: {
        detailZh: `请求头 Idempotency-Key 应为 1—${IDEMPOTENCY_KEY_LENGTH} 个可见 ASCII 字符`,
        detailEn: `header Idempotency-Key must be 1 to ${IDEMPOTENCY_KEY_LENGTH} visible ASCII characters`,
      },
    },
  ]);
}

export function fingerprintOf(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

export interface EffectAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Answers with what `effect` returns, which runs in one transaction with the key, once per key. */
export async function answerOnce(
  call: Call,
  fingerprint: string,
  effect: (tx: Transaction) => Promise<EffectAnswer>,
): Promise<void> {
  const key = idempotencyKeyOf(call.request);
  const { answer, replayed } = await inTransaction(call.context.pool, async (tx) => {
    if (key === null) return { answer: await effect(tx), replayed: false };
    const reservation = await reserveIdempotency(tx, {
      actor: ACTOR,
      key,
      requestHash: fingerprint,
      requestId: call.requestId,
    });
    switch (reservation.state) {
      case 'done':
        return { answer: reservation, replayed: true };
      case 'in-progress':
        throw new ProblemError('idempotency-in-progress');
      case 'mismatch':
        throw new ProblemError('idempotency-key-reused');
      case 'reserved': {
        const made = await effect(tx);
        await completeIdempotency(tx, { actor: ACTOR, key }, made);
        return { answer: made, replayed: false };
      }
    }
  });
  if (replayed) call.response.set('idempotency-replayed', 'true');
  answerJson(call, answer.status, answer.body);
}
