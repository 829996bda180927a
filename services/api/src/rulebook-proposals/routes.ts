/** /v1/rulebook-proposals: rulebooks and factor sets proposed by one person and decided by another. */
import { decisionRequestSchema, proposalRequestSchema } from '@tanxiao/contracts';
import { listProposals } from '@tanxiao/store';
import { z } from 'zod';

import { answerJson } from '../http/answers';
import { pageOf, readCursor } from '../http/cursor';
import { IDEMPOTENCY_KEY_HEADER } from '../http/idempotency';
import { CHECK_SECONDS } from '../http/limits';
import { idPath } from '../http/parameters';
import { JSON_TYPE, route } from '../http/route';
import { examinedProposal, requireProposal } from './examine-proposal';
import { postDecision } from './post-decision';
import { postProposal } from './post-proposal';
import { proposalSummary, proposalView } from './proposal-view';
import { proposalPageSchema, proposalSchema, proposalsQuery } from './schemas';

const TAG = 'Rulebook proposals';

export const rulebookProposalRoutes = [
  route({
    method: 'post',
    url: '/v1/rulebook-proposals',
    tag: TAG,
    operationId: 'proposeRulebook',
    summary: 'Propose a rulebook or factor set, for another person to decide',
    description: `The text is refused with all its problems unless it parses, names a factor set that is at hand, compiles for every period in which one of its numbers changes, and all its worked examples pass; at most ${CHECK_SECONDS} seconds. Nothing is rated by it before it is approved. Names are as stated: until accounts exist nobody verifies them.`,
    headers: IDEMPOTENCY_KEY_HEADER,
    json: { schema: proposalRequestSchema },
    responses: {
      201: {
        description: 'Kept, open',
        content: { [JSON_TYPE]: proposalSchema },
        headers: { location: 'The proposal' },
      },
    },
    problems: [
      ...(['invalid-document', 'too-costly', 'too-many-at-once', 'conflict'] as const),
      ...(['idempotency-key-reused', 'idempotency-in-progress'] as const),
    ],
    handle: postProposal,
  }),
  route({
    method: 'get',
    url: '/v1/rulebook-proposals',
    tag: TAG,
    operationId: 'listRulebookProposals',
    summary: 'Proposals, newest first',
    query: proposalsQuery,
    responses: { 200: { description: 'A page', content: { [JSON_TYPE]: proposalPageSchema } } },
    async handle(call) {
      const { kind, document, state, cursor, limit } = call.query;
      const before = readCursor(cursor, z.uuid()) ?? undefined;
      const filter = { kind, documentId: document, state, before };
      const rows = await listProposals(call.context.pool, { ...filter, limit: limit + 1 });
      answerJson(
        call,
        200,
        pageOf(rows, limit, proposalSummary, ({ id }) => id),
      );
    },
  }),
  route({
    method: 'get',
    url: '/v1/rulebook-proposals/{id}',
    tag: TAG,
    operationId: 'getRulebookProposal',
    summary: 'One proposal: its text, what was found of it, and what it changes',
    description:
      'Checked and compared anew, with what is rated with now. Try it on a period’s population by `POST /v1/dry-runs` with `after: {proposal: id}`.',
    path: idPath,
    responses: { 200: { description: 'The proposal', content: { [JSON_TYPE]: proposalSchema } } },
    problems: ['not-found', 'too-costly', 'too-many-at-once'],
    async handle(call) {
      const row = await requireProposal(call.context, call.path.id);
      const examined = await examinedProposal(call.context, row);
      answerJson(call, 200, proposalView(examined, call.language));
    },
  }),
  route({
    method: 'post',
    url: '/v1/rulebook-proposals/{id}/decision',
    tag: TAG,
    operationId: 'decideRulebookProposal',
    summary: 'Approve or reject a proposal, as another person than its proposer',
    description:
      'A decision stands. From an approval on every request and every job rates with the document where its dates put it in force; of two versions that begin on one day the one approved later counts. What was rated before stays as it is: `warnings` names the periods.',
    path: idPath,
    headers: IDEMPOTENCY_KEY_HEADER,
    json: { schema: decisionRequestSchema },
    responses: { 200: { description: 'Decided', content: { [JSON_TYPE]: proposalSchema } } },
    problems: [
      ...(['not-found', 'second-person-needed', 'conflict', 'invalid-document'] as const),
      ...(['too-costly', 'too-many-at-once'] as const),
      ...(['idempotency-key-reused', 'idempotency-in-progress'] as const),
    ],
    handle: postDecision,
  }),
];
