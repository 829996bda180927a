/** /v1/uploads: files of submissions, streamed in, checked by the worker, given back with their errors. */
import { issueView } from '@tanxiao/contracts';
import { listUploadErrors, listUploads } from '@tanxiao/store';
import { z } from 'zod';

import { answerJson } from '../http/answers';
import { pageOf, readCursor } from '../http/cursor';
import { IDEMPOTENCY_KEY_HEADER } from '../http/idempotency';
import { idPath } from '../http/parameters';
import { JSON_TYPE, route } from '../http/route';
import { MEDIA_TYPES } from './formats';
import { postUpload } from './post-upload';
import {
  uploadAnswerSchema,
  uploadErrorPageSchema,
  uploadErrorsQuery,
  uploadPageSchema,
  uploadQuery,
  uploadsQuery,
} from './schemas';
import { requireUpload, sendAnnotated, sendOriginal } from './upload-files';
import { uploadView } from './upload-view';

const TAG = 'Uploads';
const FILE = { [MEDIA_TYPES.csv]: null, [MEDIA_TYPES.xlsx]: null };

export const uploadRoutes = [
  route({
    method: 'post',
    url: '/v1/uploads',
    tag: TAG,
    operationId: 'postUpload',
    summary: 'Upload a CSV or XLSX file, up to 512 MB',
    description:
      'The body is the file itself, or multipart/form-data with one field `file`. The answer comes when all bytes are kept; rows are checked and rated afterwards, see the upload’s state and counts. A broken-off upload is sent again as a whole under the same Idempotency-Key.',
    headers: IDEMPOTENCY_KEY_HEADER,
    query: uploadQuery,
    rawBody: ['text/csv', MEDIA_TYPES.xlsx, 'application/octet-stream', 'multipart/form-data'],
    responses: {
      202: {
        description: 'All bytes are kept',
        content: { [JSON_TYPE]: uploadAnswerSchema },
        headers: { location: 'The upload' },
      },
    },
    problems: [
      'idempotency-key-reused',
      'idempotency-in-progress',
      'payload-too-large',
      'unsupported-media-type',
      'too-many-at-once',
      'backlog-full',
    ],
    admit: ({ backlog }) => backlog.admitUpload(),
    handle: postUpload,
  }),
  route({
    method: 'get',
    url: '/v1/uploads',
    tag: TAG,
    operationId: 'listUploads',
    summary: 'Uploads, newest first',
    query: uploadsQuery,
    responses: { 200: { description: 'A page', content: { [JSON_TYPE]: uploadPageSchema } } },
    async handle(call) {
      const { state, cursor, limit } = call.query;
      const before = readCursor(cursor, z.uuid()) ?? undefined;
      const rows = await listUploads(call.context.pool, { state, before, limit: limit + 1 });
      answerJson(
        call,
        200,
        pageOf(rows, limit, uploadView, ({ id }) => id),
      );
    },
  }),
  route({
    method: 'get',
    url: '/v1/uploads/{id}',
    tag: TAG,
    operationId: 'getUpload',
    summary: 'State and counts of an upload',
    path: idPath,
    responses: { 200: { description: 'The upload', content: { [JSON_TYPE]: uploadAnswerSchema } } },
    problems: ['not-found'],
    async handle(call) {
      answerJson(call, 200, uploadView(await requireUpload(call)));
    },
  }),
  route({
    method: 'get',
    url: '/v1/uploads/{id}/errors',
    tag: TAG,
    operationId: 'listUploadErrors',
    summary: 'Errors of an upload’s rows, by row',
    path: idPath,
    query: uploadErrorsQuery,
    responses: { 200: { description: 'A page', content: { [JSON_TYPE]: uploadErrorPageSchema } } },
    problems: ['not-found'],
    async handle(call) {
      const { cursor, limit } = call.query;
      const place = z.object({ row: z.int32().min(0), ordinal: z.int32().min(0) });
      const after = readCursor(cursor, place) ?? undefined;
      const upload = await requireUpload(call);
      const rows = await listUploadErrors(call.context.pool, {
        uploadId: upload.id,
        after,
        limit: limit + 1,
      });
      const page = pageOf(
        rows,
        limit,
        ({ issue }) => issueView(issue, call.language),
        ({ row, ordinal }) => ({ row, ordinal }),
      );
      answerJson(call, 200, { ...page, errors: upload.errors, state: upload.state });
    },
  }),
  route({
    method: 'get',
    url: '/v1/uploads/{id}/annotated',
    tag: TAG,
    operationId: 'getAnnotatedUpload',
    summary: 'The file with its errors beside the rows, in its own format',
    path: idPath,
    responses: { 200: { description: 'The file', content: FILE } },
    problems: ['not-found', 'conflict'],
    handle: sendAnnotated,
  }),
  route({
    method: 'get',
    url: '/v1/uploads/{id}/original',
    tag: TAG,
    operationId: 'getOriginalUpload',
    summary: 'The file as it was uploaded',
    path: idPath,
    responses: { 200: { description: 'The file', content: FILE } },
    problems: ['not-found', 'conflict'],
    handle: sendOriginal,
  }),
];
