/** GET /v1/ratings/{id}/advice: how far it is to each better band, and what reaches it, as JSON or as lines of text. */
import { type Bilingual, type Issue, ProblemError } from '@tanxiao/contracts';
import { adviceSentence, adviceText, BENCHMARK_HELD_FIXED } from '@tanxiao/forms';
import { type Advice, advise, type Plan } from '@tanxiao/rulebook';
import type { z } from 'zod';

import { answerJson, chosenType, languageHeader } from '../http/answers';
import { type Call, JSON_TYPE } from '../http/route';
import type { adviceQuery } from './advice-schema';
import { TEXT_TYPE } from './explain-rating';
import { planOf } from './plans';
import { benchmarksOfRating, ratingInputs, subjectData } from './rating-inputs';

export async function sendAdvice(
  call: Call<{ readonly id: string }, z.output<typeof adviceQuery>>,
): Promise<void> {
  const type = chosenType(call, [JSON_TYPE, TEXT_TYPE]);
  const of = await ratingInputs(call.context, call.path.id);
  const { rating, submission } = of;
  const plan = await planOf(call.context, rating);
  const { uncertainty, gradings } = call.query;
  refuseUnknownNames(plan, { inputs: Object.keys(uncertainty ?? {}), gradings: gradings ?? [] });
  const benchmarks = await benchmarksOfRating(call.context, of, plan);
  const advice = advise(plan, subjectData(plan, of), benchmarks, {
    ...(gradings && { gradings }),
    ...(uncertainty && { uncertainties: uncertainty }),
  });
  call.response.vary('accept');
  if (type === JSON_TYPE) {
    answerJson(call, 200, {
      ratingId: rating.id,
      submissionId: submission.id,
      ...withSentences(advice),
    });
    return;
  }
  languageHeader(call, call.language);
  call.response
    .set('cache-control', 'no-store')
    .type(`${TEXT_TYPE}; charset=utf-8`)
    .send(adviceText(advice, call.language));
}

/** @throws ProblemError `invalid-request`, an issue each */
function refuseUnknownNames(
  plan: Plan,
  asked: { readonly inputs: readonly string[]; readonly gradings: readonly string[] },
): void {
  const inputs = plan.inputs.filter(({ options }) => !options).map(({ name }) => name);
  const gradings = plan.gradings.map(({ name }) => name);
  const issues: Issue[] = [
    ...asked.inputs
      .filter((name) => !inputs.includes(name))
      .map((name) => unknownName(name, { zh: '没有填报的数量', en: 'has no quantity' })),
    ...asked.gradings
      .filter((name) => !gradings.includes(name))
      .map((name) => {
        const issue = unknownName(name, { zh: '没有分级', en: 'has no grading' });
        const known = gradings.join(', ');
        const { detailZh, detailEn } = issue.params;
        return {
          ...issue,
          params: {
            detailZh: `${detailZh}，可选 ${known}`,
            detailEn: `${detailEn}; it has ${known}`,
          },
        };
      }),
  ];
  if (issues.length > 0) throw new ProblemError('invalid-request', {}, issues);
}

function unknownName(
  name: string,
  says: Bilingual,
): Issue & { readonly params: { readonly detailZh: string; readonly detailEn: string } } {
  return {
    code: 'bad-field',
    seen: name,
    params: {
      detailZh: `该评价规范${says.zh} ${name}`,
      detailEn: `the rulebook of this rating ${says.en} named ${name}`,
    },
  };
}

function withSentences(advice: Advice): object {
  return {
    benchmarkHeldFixed: advice.benchmarkHeldFixed ? BENCHMARK_HELD_FIXED : null,
    gradings: advice.gradings.map((grading) => ({
      ...grading,
      better: grading.better.map((band) => ({
        ...band,
        inputs: band.inputs.map((input) => ({ ...input, sentence: adviceSentence(input, band) })),
      })),
    })),
  };
}
