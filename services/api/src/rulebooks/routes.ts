/** /v1/rulebooks and /v1/factor-sets: the rules, their numbers with source and status, and their templates. */
import { dayInChina, parsePeriod } from '@tanxiao/contracts';
import { writeTemplate } from '@tanxiao/forms';
import type { Rulebook } from '@tanxiao/rulebook';
import { z } from 'zod';

import { answerDocument, answerJson, attachmentHeaders } from '../http/answers';
import { rulebookParameter } from '../http/parameters';
import { type Call, JSON_TYPE, route } from '../http/route';
import { MEDIA_TYPES } from '../uploads/formats';
import { factorSetDetail, factorSetSummary } from './factor-set-view';
import { documentOf, formOfRulebook, type FoundDocument, planFor } from './forms';
import { rulebookQuery, templateQuery, versionQuery } from './queries';
import { rulebookDetail, rulebookSummary } from './rulebook-view';
import {
  factorSetDetailSchema,
  factorSetListSchema,
  rulebookDetailSchema,
  rulebookListSchema,
} from './schemas';

const TAG = 'Rulebooks';

const documentPath = z.object({ id: rulebookParameter });

const TEMPLATE_HEADERS = {
  'rulebook-version': 'The version whose form it is',
  'rulebook-in-force':
    '`false` where that version is not in force in the period, or today where none is named',
};

export const rulebookRoutes = [
  route({
    method: 'get',
    url: '/v1/rulebooks',
    tag: TAG,
    operationId: 'listRulebooks',
    summary: 'The rulebooks, all versions',
    responses: {
      200: { description: 'All of them', content: { [JSON_TYPE]: rulebookListSchema } },
    },
    handle(call) {
      const { standards } = call.context;
      const items = standards.rulebooks.map((rulebook) => rulebookSummary(standards, rulebook));
      answerJson(call, 200, { items });
      return Promise.resolve();
    },
  }),
  route({
    method: 'get',
    url: '/v1/rulebooks/{id}',
    tag: TAG,
    operationId: 'getRulebook',
    summary: 'One rulebook: inputs, formulas, and every number with its source and status',
    path: documentPath,
    query: rulebookQuery,
    responses: {
      200: { description: 'The rulebook', content: { [JSON_TYPE]: rulebookDetailSchema } },
    },
    problems: ['not-found'],
    handle(call) {
      const { document } = rulebookAsked(call, dayInChina(new Date()));
      const body = JSON.stringify(rulebookDetail(call.context.standards, document));
      answerDocument(call, { type: JSON_TYPE, body });
      return Promise.resolve();
    },
  }),
  route({
    method: 'get',
    url: '/v1/rulebooks/{id}/template',
    tag: TAG,
    operationId: 'getTemplate',
    summary: 'The form to fill in, as a spreadsheet or CSV',
    path: documentPath,
    query: templateQuery,
    responses: {
      200: {
        description: 'The file',
        content: { [MEDIA_TYPES.xlsx]: null, [MEDIA_TYPES.csv]: null },
        headers: TEMPLATE_HEADERS,
      },
    },
    problems: ['not-found'],
    async handle(call) {
      const { format } = call.query;
      const language = call.query.language ?? call.language;
      const now = new Date();
      const { document: rulebook, inForce } = rulebookAsked(call, dayInChina(now));
      const form = formOfRulebook(call.context, rulebook);
      const file = await writeTemplate(form, format, {
        language,
        year: now.getUTCFullYear(),
      });
      attachmentHeaders(call.response, {
        name: `${rulebook.id}-${rulebook.version}-${language}.${format}`,
        type: MEDIA_TYPES[format],
      });
      call.response
        .set('rulebook-version', rulebook.version)
        .set('rulebook-in-force', String(inForce))
        .send(file);
    },
  }),
  route({
    method: 'get',
    url: '/v1/factor-sets',
    tag: TAG,
    operationId: 'listFactorSets',
    summary: 'The emission-factor sets, all versions',
    responses: {
      200: { description: 'All of them', content: { [JSON_TYPE]: factorSetListSchema } },
    },
    handle(call) {
      const { standards } = call.context;
      const items = standards.factorSets.map((set) => factorSetSummary(standards, set));
      answerJson(call, 200, { items });
      return Promise.resolve();
    },
  }),
  route({
    method: 'get',
    url: '/v1/factor-sets/{id}',
    tag: TAG,
    operationId: 'getFactorSet',
    summary: 'One factor set: every factor with the numbers it is made of',
    path: documentPath,
    query: versionQuery,
    responses: {
      200: { description: 'The factor set', content: { [JSON_TYPE]: factorSetDetailSchema } },
    },
    problems: ['not-found'],
    handle(call) {
      const { standards } = call.context;
      const { document } = documentOf(standards.factorSets, {
        ...{ kind: 'factor set', id: call.path.id, version: call.query.version },
        day: dayInChina(new Date()),
      });
      const body = JSON.stringify(factorSetDetail(standards, document));
      answerDocument(call, { type: JSON_TYPE, body });
      return Promise.resolve();
    },
  }),
];

/** @throws ProblemError `not-found`, and `invalid-request` where no version is in force in the period */
function rulebookAsked(
  call: Call<z.output<typeof documentPath>, z.output<typeof rulebookQuery>>,
  today: string,
): FoundDocument<Rulebook> {
  const { id } = call.path;
  const { rulebooks } = call.context.standards;
  const period = call.query.period === undefined ? null : parsePeriod(call.query.period);
  const found = documentOf(rulebooks, {
    ...{ kind: 'rulebook', id, version: call.query.version },
    day: period?.end ?? today,
  });
  return period === null || call.query.version !== undefined
    ? found
    : { document: planFor(call.context, id, period).rulebook, inForce: true };
}
