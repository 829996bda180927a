/** /v1/ratings and what is read from a population of ratings: rankings, distribution, benchmarks. */
import { ratingSchema } from '@tanxiao/contracts';

import { answerJson } from '../http/answers';
import { idPath } from '../http/parameters';
import { JSON_TYPE, route } from '../http/route';
import { adviceQuery, adviceSchema } from './advice-schema';
import { sendAdvice } from './advise-rating';
import { sendExplanation, TEXT_TYPE } from './explain-rating';
import { explanationSchema } from './explanation-schema';
import { CSV_TYPE, sendExport } from './export-ratings';
import { ratingPage } from './list-ratings';
import { benchmarkPage, distributionView, rankingPage } from './population-views';
import { requireRating } from './rating-inputs';
import { ratingViews } from './rating-view';
import { replayRating } from './replay-rating';
import {
  benchmarkPageSchema,
  benchmarksQuery,
  distributionQuery,
  distributionSchema,
  exportQuery,
  rankingPageSchema,
  rankingQuery,
  ratingPageSchema,
  ratingsQuery,
  replaySchema,
} from './schemas';

const TAG = 'Ratings';
const POPULATION = 'Populations';

export const ratingRoutes = [
  route({
    method: 'get',
    url: '/v1/ratings',
    tag: TAG,
    operationId: 'listRatings',
    summary: 'Ratings of a population, final ones first',
    description:
      'A subject’s current rating is the one of the published run, or else the provisional one made on arrival of its latest revision.',
    query: ratingsQuery,
    responses: { 200: { description: 'A page', content: { [JSON_TYPE]: ratingPageSchema } } },
    async handle(call) {
      answerJson(call, 200, await ratingPage(call.context, call.query));
    },
  }),
  route({
    method: 'get',
    url: '/v1/ratings/export',
    tag: TAG,
    operationId: 'exportRatings',
    summary: 'All current ratings of a population as CSV, by subject code',
    query: exportQuery,
    responses: { 200: { description: 'The file, streamed', content: { [CSV_TYPE]: null } } },
    problems: ['too-many-at-once'],
    handle: sendExport,
  }),
  route({
    method: 'get',
    url: '/v1/ratings/{id}',
    tag: TAG,
    operationId: 'getRating',
    summary: 'One rating',
    path: idPath,
    responses: { 200: { description: 'The rating', content: { [JSON_TYPE]: ratingSchema } } },
    problems: ['not-found'],
    async handle(call) {
      const row = await requireRating(call.context, call.path.id);
      const [view] = await ratingViews(call.context, [row]);
      answerJson(call, 200, view);
    },
  }),
  route({
    method: 'get',
    url: '/v1/ratings/{id}/explanation',
    tag: TAG,
    operationId: 'explainRating',
    summary: 'The full arithmetic of a rating: every number with its source, clause and status',
    path: idPath,
    responses: {
      200: {
        description: 'JSON in both languages, or lines of text in the asked one',
        content: { [JSON_TYPE]: explanationSchema, [TEXT_TYPE]: null },
      },
    },
    problems: ['not-found', 'not-acceptable'],
    handle: sendExplanation,
  }),
  route({
    method: 'get',
    url: '/v1/ratings/{id}/advice',
    tag: TAG,
    operationId: 'adviseRating',
    summary:
      'How far it is to each better band, which change of one input reaches it, how near the limits are',
    description:
      'Every change advised was confirmed by rating it. Benchmarks are held fixed at the values of this rating, although the subject is one of its own peers: what the others will submit is not known.',
    path: idPath,
    query: adviceQuery,
    responses: {
      200: {
        description: 'JSON in both languages, or lines of text in the asked one',
        content: { [JSON_TYPE]: adviceSchema, [TEXT_TYPE]: null },
      },
    },
    problems: ['not-found', 'not-acceptable'],
    handle: sendAdvice,
  }),
  route({
    method: 'get',
    url: '/v1/ratings/{id}/replay',
    tag: TAG,
    operationId: 'replayRating',
    summary: 'The rating computed anew from what was kept, and whether it is identical',
    path: idPath,
    responses: { 200: { description: 'Both results', content: { [JSON_TYPE]: replaySchema } } },
    problems: ['not-found'],
    async handle(call) {
      answerJson(call, 200, await replayRating(call.context, call.path.id));
    },
  }),
  route({
    method: 'get',
    url: '/v1/rankings',
    tag: POPULATION,
    operationId: 'listRankings',
    summary: 'Subjects by the rulebook’s ranking value, best first, ties stated',
    query: rankingQuery,
    responses: { 200: { description: 'A page', content: { [JSON_TYPE]: rankingPageSchema } } },
    async handle(call) {
      answerJson(call, 200, await rankingPage(call.context, call.query));
    },
  }),
  route({
    method: 'get',
    url: '/v1/distribution',
    tag: POPULATION,
    operationId: 'getDistribution',
    summary: 'How many subjects hold each grade, overall or by industry or region',
    query: distributionQuery,
    responses: { 200: { description: 'Counts', content: { [JSON_TYPE]: distributionSchema } } },
    async handle(call) {
      answerJson(call, 200, await distributionView(call.context, call.query));
    },
  }),
  route({
    method: 'get',
    url: '/v1/benchmarks',
    tag: POPULATION,
    operationId: 'listBenchmarks',
    summary: 'Peer groups with their exact totals',
    query: benchmarksQuery,
    responses: { 200: { description: 'A page', content: { [JSON_TYPE]: benchmarkPageSchema } } },
    async handle(call) {
      answerJson(call, 200, await benchmarkPage(call.context, call.query));
    },
  }),
];
