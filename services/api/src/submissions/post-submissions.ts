/** POST /v1/submissions: all items are checked, then kept in one transaction, shared with others' requests, with what tells the worker. */
import {
  type Issue,
  issueView,
  type Language,
  parsePeriod,
  ProblemError,
  type ValidSubmission,
} from '@tanxiao/contracts';
import type { Form } from '@tanxiao/forms';
import { layoutOf } from '@tanxiao/rulebook';
import type { KeptSubmission } from '@tanxiao/store';
import { currentTraceparents, inSpan } from '@tanxiao/telemetry';
import type { z } from 'zod';

import { ACTOR } from '../context';
import { answerJson } from '../http/answers';
import { fingerprintOf, idempotencyKeyOf } from '../http/idempotency';
import type { JsonBody } from '../http/json-body';
import { ISSUES_LISTED } from '../http/limits';
import type { Call } from '../http/route';
import { formFor } from '../rulebooks/forms';
import type { Arrived } from './arrival-groups';
import { type CheckedItem, checkItems, itemOf } from './check-items';
import type { submissionEnvelopeSchema, SubmissionReceipt } from './schemas';

type Envelope = z.output<typeof submissionEnvelopeSchema>;

export async function postSubmissions(
  call: Call<unknown, unknown, JsonBody<Envelope>>,
): Promise<void> {
  const { value: request, textIssues, sha256 } = call.body;
  const outside = textIssues.filter((issue) => itemOf(issue.pointer) < 0);
  if (outside.length > 0) throw new ProblemError('invalid-request', {}, outside);
  const period = parsePeriod(request.period);
  if (!period)
    throw new ProblemError('invalid-request', {}, [
      { code: 'bad-period', pointer: '/period', seen: request.period },
    ]);
  const form = formFor(call.context, request.rulebook, period, {
    rulebook: '/rulebook',
    period: '/period',
  });
  const items = checkItems(form, request.submissions, request.period, textIssues);
  const issues = items.flatMap((item) => item.issues);
  if (issues.length > 0 && !request.partial)
    throw new ProblemError('invalid-submission', {}, issues);

  const good = items.flatMap(({ index, submission }) =>
    submission ? [{ index, submission }] : [],
  );
  const key = idempotencyKeyOf(call.request);
  const keep = (): Promise<Arrived> =>
    call.context.arrivals.keep({
      actor: ACTOR,
      rulebookId: request.rulebook,
      inputNames: inputNamesOf(form),
      submissions: good.map(({ submission }) => submission),
      requestId: call.requestId,
      traceparents: currentTraceparents(),
      idempotency:
        key === null ? null : { key, requestHash: fingerprintOf('POST /v1/submissions', sha256) },
      answer: (kept) => ({
        status: 202,
        body: receipt(request, items, good, kept, issues, call.language),
      }),
    });
  const { answer, replayed } = await inSpan(
    'keep submissions',
    { 'tanxiao.submissions': good.length },
    keep,
  );
  if (replayed) call.response.set('idempotency-replayed', 'true');
  answerJson(call, answer.status, answer.body);
}

const inputNames = new WeakMap<Form, readonly string[]>();

function inputNamesOf(form: Form): readonly string[] {
  const names = inputNames.get(form) ?? layoutOf(form.inputs);
  inputNames.set(form, names);
  return names;
}

function receipt(
  request: Envelope,
  items: readonly CheckedItem[],
  good: readonly { index: number; submission: ValidSubmission }[],
  kept: readonly KeptSubmission[],
  issues: readonly Issue[],
  language: Language,
): SubmissionReceipt {
  const keptAt = new Map(good.map(({ index }, place) => [index, kept[place]!]));
  let listed = 0;
  return {
    rulebook: request.rulebook,
    period: request.period,
    kept: kept.length,
    rejected: items.length - kept.length,
    totalErrors: issues.length,
    items: items.map((item) => {
      const one = keptAt.get(item.index);
      if (one)
        return {
          index: item.index,
          status: 'kept',
          id: one.id,
          revision: one.revision,
          links: { self: `/v1/submissions/${one.id}` },
        };
      const shown = item.issues.slice(0, Math.max(0, ISSUES_LISTED - listed));
      listed += shown.length;
      return {
        index: item.index,
        status: 'rejected',
        errors: shown.map((issue) => issueView(issue, language)),
      };
    }),
    links: {
      ratings: `/v1/ratings?rulebook=${request.rulebook}&period=${request.period}`,
    },
  };
}
