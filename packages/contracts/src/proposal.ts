/** Proposals of rulebooks and factor sets (提案), and the decision of a second person on each (审批). */
import { z } from 'zod';

import { personNameSchema } from './person-name';

export const PROPOSAL_KINDS = ['rulebook', 'factor-set'] as const;
export type ProposalKind = (typeof PROPOSAL_KINDS)[number];

export const DECISION_KINDS = ['approved', 'rejected'] as const;
export type DecisionKind = (typeof DECISION_KINDS)[number];

export const PROPOSAL_STATES = ['open', ...DECISION_KINDS] as const;
export type ProposalState = (typeof PROPOSAL_STATES)[number];

/** Lines of text. Other control characters, half characters and marks of writing direction make it read as another. */
const reasonSchema = z
  .string()
  .max(4000)
  .regex(
    /^(?:[\t\n\r]|[^\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069])*$/u,
    '含有控制字符\nit holds a control character',
  )
  .regex(/\S/, '不能为空\nit is empty');

export const proposalRequestSchema = z
  .strictObject({
    kind: z.enum(PROPOSAL_KINDS).default('rulebook'),
    text: z.string().min(1).meta({ description: 'YAML of at most 1 MB' }),
    reason: reasonSchema.meta({ description: 'Why, in the words of who proposes' }),
    proposedBy: personNameSchema.meta({
      description: 'Name as stated: until accounts exist nobody verifies it',
    }),
  })
  .meta({ id: 'ProposalRequest' });

export const decisionRequestSchema = z
  .strictObject({
    decision: z.enum(DECISION_KINDS),
    decidedBy: personNameSchema.meta({
      description:
        'Another person than the proposer; width, case and spaces make no other person. Not verified until accounts exist',
    }),
    reason: reasonSchema.optional().meta({ description: 'Required of a rejection' }),
  })
  .refine(({ decision, reason }) => decision === 'approved' || reason !== undefined, {
    path: ['reason'],
    error: '驳回须说明理由\na rejection needs its reason',
  })
  .meta({ id: 'DecisionRequest' });
