/** /v1/rulebooks and /v1/factor-sets: the rules, their numbers with source and status, and their templates. */
import { UPLOAD_FORMATS } from '@tanxiao/contracts';
import { writeTemplate } from '@tanxiao/forms';
import { z } from 'zod';

import { answerDocument, answerJson, attachmentHeaders } from '../http/answers';
import { languageParameter, rulebookParameter } from '../http/parameters';
import { JSON_TYPE, route } from '../http/route';
import { MEDIA_TYPES } from '../uploads/formats';
import { factorSetDetail, factorSetSummary } from './factor-set-view';
import { documentOf, formOfRulebook } from './forms';
import { rulebookDetail, rulebookSummary } from './rulebook-view';
import {
  factorSetDetailSchema,
  factorSetListSchema,
  rulebookDetailSchema,
  rulebookListSchema,
} from './schemas';

const TAG = 'Rulebooks';

const documentPath = z.object({ id: rulebookParameter });
const versionParameter = z
  .string()
  .regex(/^\d{1,6}\.\d{1,6}\.\d{1,6}$/)
  .optional()
  .meta({ description: 'Default: the newest', example: '1.0.0' });
const versionQuery = z.object({ version: versionParameter });

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
      answerJson(call, 200, { items: call.context.standards.rulebooks.map(rulebookSummary) });
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
    query: versionQuery,
    responses: {
      200: { description: 'The rulebook', content: { [JSON_TYPE]: rulebookDetailSchema } },
    },
    problems: ['not-found'],
    handle(call) {
      const rulebook = documentOf(
        call.context.standards.rulebooks,
        'rulebook',
        call.path.id,
        call.query.version,
      );
      answerDocument(call, { type: JSON_TYPE, body: JSON.stringify(rulebookDetail(rulebook)) });
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
    query: versionQuery.extend({
      format: z.enum(UPLOAD_FORMATS).default('xlsx'),
      language: languageParameter,
    }),
    responses: {
      200: {
        description: 'The file',
        content: { [MEDIA_TYPES.xlsx]: null, [MEDIA_TYPES.csv]: null },
      },
    },
    problems: ['not-found'],
    async handle(call) {
      const { version, format } = call.query;
      const language = call.query.language ?? call.language;
      const { standards } = call.context;
      const rulebook = documentOf(standards.rulebooks, 'rulebook', call.path.id, version);
      const form = formOfRulebook(call.context, rulebook);
      const file = await writeTemplate(form, format, {
        language,
        year: new Date().getUTCFullYear(),
      });
      attachmentHeaders(call.response, {
        name: `${rulebook.id}-${rulebook.version}-${language}.${format}`,
        type: MEDIA_TYPES[format],
      });
      call.response.send(file);
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
      answerJson(call, 200, { items: call.context.standards.factorSets.map(factorSetSummary) });
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
      const { version } = call.query;
      const factorSet = documentOf(standards.factorSets, 'factor set', call.path.id, version);
      answerDocument(call, { type: JSON_TYPE, body: JSON.stringify(factorSetDetail(factorSet)) });
      return Promise.resolve();
    },
  }),
];
