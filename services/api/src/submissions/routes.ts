/** /v1/submissions: one subject's data for one period, kept for ever as numbered revisions. */
import {
  ProblemError,
  submissionRequestSchema,
  submissionSchema,
  type SubmissionView,
} from '@tanxiao/contracts';
import { submittedInputs } from '@tanxiao/rulebook';
import { getSubmission, listRevisions, type SubmissionRow } from '@tanxiao/store';
import { z } from 'zod';

import { answerJson } from '../http/answers';
import { pageOf, readCursor } from '../http/cursor';
import { IDEMPOTENCY_KEY_HEADER } from '../http/idempotency';
import { idPath, subjectOf } from '../http/parameters';
import { JSON_TYPE, route } from '../http/route';
import { postSubmissions } from './post-submissions';
import {
  revisionsQuery,
  submissionEnvelopeSchema,
  submissionPageSchema,
  submissionReceiptSchema,
} from './schemas';

const TAG = 'Submissions';

export const submissionRoutes = [
  route({
    method: 'post',
    url: '/v1/submissions',
    tag: TAG,
    operationId: 'postSubmissions',
    summary: 'Submit the data of one or many subjects for a period',
    description:
      'All items are checked and all errors reported at once. Without `partial` one error keeps everything out (422); with it the good items are kept. A subject submitted again gets a new revision. Ratings follow within seconds.',
    headers: IDEMPOTENCY_KEY_HEADER,
    json: { schema: submissionEnvelopeSchema, documented: submissionRequestSchema },
    responses: {
      202: {
        description: 'Kept; ratings follow',
        content: { [JSON_TYPE]: submissionReceiptSchema },
      },
    },
    problems: [
      'invalid-submission',
      'idempotency-key-reused',
      'idempotency-in-progress',
      'backlog-full',
    ],
    admit: ({ backlog }) => backlog.admitSubmissions(),
    handle: postSubmissions,
  }),
  route({
    method: 'get',
    url: '/v1/submissions',
    tag: TAG,
    operationId: 'listSubmissions',
    summary: 'The revisions of one subject’s submission, latest first',
    query: revisionsQuery,
    responses: {
      200: { description: 'A page of revisions', content: { [JSON_TYPE]: submissionPageSchema } },
    },
    async handle(call) {
      const { rulebook, period, cursor, limit } = call.query;
      const subject = subjectOf(call.query);
      if (subject === null)
        throw new ProblemError('invalid-request', {}, [
          { code: 'required', params: { title: 'uscc / localId', titleEn: 'uscc / localId' } },
        ]);
      const before = readCursor(cursor, z.int().min(1).max(2_147_483_647));
      const rows = await listRevisions(call.context.pool, {
        subject,
        rulebookId: rulebook,
        period,
        before: before ?? undefined,
        limit: limit + 1,
      });
      answerJson(
        call,
        200,
        pageOf(rows, limit, submissionView, (row) => row.revision),
      );
    },
  }),
  route({
    method: 'get',
    url: '/v1/submissions/{id}',
    tag: TAG,
    operationId: 'getSubmission',
    summary: 'One submission as it was kept',
    path: idPath,
    responses: {
      200: { description: 'The submission', content: { [JSON_TYPE]: submissionSchema } },
    },
    problems: ['not-found'],
    async handle(call) {
      const row = await getSubmission(call.context.pool, call.path.id);
      if (!row) throw new ProblemError('not-found', { what: `submission ${call.path.id}` });
      answerJson(call, 200, submissionView(row));
    },
  }),
];

function submissionView(row: SubmissionRow): SubmissionView {
  return {
    id: row.id,
    rulebook: row.rulebookId,
    period: row.period,
    revision: row.revision,
    subject: row.subject,
    name: row.name,
    regionCode: row.regionCode,
    industryClassification: row.industryClassification,
    industryCode: row.industryCode,
    inputs: submittedInputs(row.inputNames, row.inputs),
    uploadId: row.uploadId,
    receivedAt: row.receivedAt.toISOString(),
  };
}
