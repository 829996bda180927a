/** POST /v1/rulebook-proposals/{id}/decision: a second person approves or rejects, once and for all. */
import { type decisionRequestSchema, personKey, ProblemError } from '@tanxiao/contracts';
import { decideProposal, getProposal, type ProposalRow, StoreError } from '@tanxiao/store';
import type { z } from 'zod';

import { ACTOR } from '../context';
import { answerOnce, fingerprintOf } from '../http/idempotency';
import type { JsonBody } from '../http/json-body';
import type { Call } from '../http/route';
import { examinedProposal, requireProposal } from './examine-proposal';
import { issuesOf, proposalView } from './proposal-view';

type Decision = z.output<typeof decisionRequestSchema>;

export async function postDecision(
  call: Call<{ readonly id: string }, unknown, JsonBody<Decision>>,
): Promise<void> {
  const { value, textIssues, sha256 } = call.body;
  if (textIssues.length > 0) throw new ProblemError('invalid-request', {}, textIssues);
  const { id } = call.path;
  const row = await requireProposal(call.context, id);
  refuseProposer(row, value.decidedBy);
  const examined = await examinedProposal(call.context, row);
  // It was sound when proposed: only another version of this program can find a problem now.
  if (value.decision === 'approved' && !examined.check.sound)
    throw new ProblemError('invalid-document', {}, issuesOf(examined.check.problems));
  const { decision, decidedBy, reason = null } = value;
  const fingerprint = fingerprintOf('POST /v1/rulebook-proposals/decision', id, sha256);
  await answerOnce(call, fingerprint, async (tx) => {
    await decideProposal(
      tx,
      { proposalId: id, decision, decidedBy, reason },
      { actor: ACTOR, requestId: call.requestId },
    ).catch((error: unknown) => {
      throw error instanceof StoreError ? problemOf(error) : error;
    });
    const decided = (await getProposal(tx, id))!;
    return { status: 200, body: proposalView({ ...examined, row: decided }, call.language) };
  });
}

function refuseProposer({ proposedBy }: ProposalRow, decidedBy: string): void {
  if (personKey(proposedBy) === personKey(decidedBy)) throw samePerson();
}

function problemOf({ code, text }: StoreError): ProblemError {
  return code === 'same-person'
    ? samePerson()
    : new ProblemError('conflict', { reasonZh: text.zh, reasonEn: text.en });
}

function samePerson(): ProblemError {
  return new ProblemError('second-person-needed');
}
