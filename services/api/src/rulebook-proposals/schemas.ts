/** What the proposals resource takes and answers. */
import {
  bilingualSchema,
  DECISION_KINDS,
  issueSchema,
  PROPOSAL_KINDS,
  PROPOSAL_STATES,
} from '@tanxiao/contracts';
import { z } from 'zod';

import { pageQuery, pageSchema } from '../http/cursor';
import { rulebookParameter } from '../http/parameters';

export const proposalsQuery = z.object({
  kind: z.enum(PROPOSAL_KINDS).optional(),
  document: rulebookParameter.optional().meta({ description: 'Id of the rulebook or factor set' }),
  state: z.enum(PROPOSAL_STATES).optional(),
  ...pageQuery,
});

export const proposalSummarySchema = z
  .object({
    id: z.string(),
    kind: z.enum(PROPOSAL_KINDS),
    document: z.object({ id: z.string(), version: z.string(), hash: z.string() }),
    state: z.enum(PROPOSAL_STATES),
    reason: z.string(),
    proposedBy: z.string().meta({ description: 'Name as stated' }),
    proposedAt: z.string(),
    decision: z
      .object({
        decision: z.enum(DECISION_KINDS),
        decidedBy: z.string().meta({ description: 'Name as stated' }),
        reason: z.string().nullable(),
        decidedAt: z.string(),
      })
      .nullable()
      .meta({ description: 'Null while it is open' }),
    links: z.object({ self: z.string() }),
  })
  .meta({ id: 'ProposalSummary' });
export type ProposalSummaryView = z.infer<typeof proposalSummarySchema>;

const checksSchema = z
  .object({
    sound: z.boolean().meta({
      description:
        'Parsed, factor set at hand, compiled for every period in which a number changes, worked examples pass',
    }),
    problems: z.array(issueSchema),
    periods: z.array(z.string()).meta({ description: 'Those it was compiled for' }),
    examples: z.int().meta({ description: 'Worked examples, all of which pass' }),
    uncovered: z
      .object({
        bands: z.array(z.object({ grading: z.string(), band: z.string() })),
        reasons: z.array(z.string()),
        checks: z.array(z.string()),
      })
      .meta({ description: 'What no worked example reaches' }),
  })
  .meta({ id: 'DocumentChecks' });

const versionName = z.object({ id: z.string(), version: z.string(), hash: z.string() });

const anyValue = z.unknown().meta({ description: 'As the document writes it' });

const differenceSchema = z
  .object({
    before: versionName,
    after: versionName,
    changes: z.array(
      z.object({
        kind: z.enum(['number', 'added', 'removed', 'changed', 'order']),
        part: z.string().meta({ description: 'Field of the document, such as `parameters`' }),
        name: z.string().meta({ description: 'Name, code or reason of the item within it' }),
        title: bilingualSchema.nullable(),
        clause: z.string().nullable(),
        field: z.string().optional(),
        from: z.string().nullable().optional().meta({ description: 'Of a number: from this day' }),
        item: anyValue.optional(),
        before: anyValue.optional(),
        after: anyValue.optional(),
      }),
    ),
  })
  .meta({ id: 'DocumentDifference' });

const warningSchema = z
  .object({
    code: z.enum(['published-periods', 'rated-periods']),
    message: bilingualSchema,
    periods: z.array(z.string()),
  })
  .meta({ id: 'ProposalWarning' });
export type ProposalWarning = z.infer<typeof warningSchema>;

export const proposalSchema = proposalSummarySchema
  .extend({
    text: z.string(),
    effective: z
      .object({ from: z.string(), to: z.string().nullable() })
      .nullable()
      .meta({ description: 'Null where the text is not sound' }),
    checks: checksSchema,
    difference: differenceSchema
      .nullable()
      .meta({ description: 'Against the version before; null where it is the first of its id' }),
    warnings: z
      .array(warningSchema)
      .meta({ description: 'What approval would not change, though it could be expected to' }),
  })
  .meta({ id: 'Proposal' });
export type ProposalView = z.infer<typeof proposalSchema>;

export const proposalPageSchema = pageSchema(proposalSummarySchema).meta({ id: 'ProposalPage' });
