/** GET /v1/ratings/{id}/explanation: every line of the arithmetic, as JSON or as lines a person reads. */
import { explanationText } from '@tanxiao/forms';
import { explain } from '@tanxiao/rulebook';

import { answerJson, chosenType, languageHeader } from '../http/answers';
import { type Call, JSON_TYPE } from '../http/route';
import { planOf } from './plans';
import { benchmarksOfRating, ratingInputs, subjectData } from './rating-inputs';

export const TEXT_TYPE = 'text/plain';

export async function sendExplanation(call: Call<{ readonly id: string }>): Promise<void> {
  const type = chosenType(call, [JSON_TYPE, TEXT_TYPE]);
  const of = await ratingInputs(call.context, call.path.id);
  const { rating, submission, yearBefore } = of;
  const plan = await planOf(call.context, rating);
  const benchmarks = await benchmarksOfRating(call.context, of, plan);
  const explanation = explain(plan, subjectData(plan, of), benchmarks);
  call.response.vary('accept');
  if (type === JSON_TYPE) {
    answerJson(call, 200, {
      ratingId: rating.id,
      submissionId: submission.id,
      yearBefore: yearBefore && {
        submissionId: yearBefore.id,
        period: yearBefore.period,
        revision: yearBefore.revision,
      },
      ...explanation,
    });
    return;
  }
  languageHeader(call, call.language);
  const { subject, name } = rating;
  call.response
    .set('cache-control', 'no-store')
    .type(`${TEXT_TYPE}; charset=utf-8`)
    .send(
      explanationText(explanation, {
        title: `${name ?? ''} ${subject.code}`.trim(),
        language: call.language,
      }),
    );
}
