/** The files of an upload: the original as it came, and the one with the errors beside the rows. */
import { dayInChina, type Issue, parsePeriod, ProblemError } from '@tanxiao/contracts';
import { type Form, openSheet, writeAnnotated } from '@tanxiao/forms';
import { getUpload, readUploadChunks, streamUploadErrors, type UploadRow } from '@tanxiao/store';

import { attachmentHeaders } from '../http/answers';
import type { Call } from '../http/route';
import { streamed } from '../http/streamed';
import { documentOf, formOfRulebook } from '../rulebooks/forms';
import { MEDIA_TYPES } from './formats';

type UploadIdCall = Call<{ readonly id: string }>;

/** @throws ProblemError `not-found` */
export async function requireUpload(call: UploadIdCall): Promise<UploadRow> {
  const upload = await getUpload(call.context.pool, call.path.id);
  if (!upload) throw new ProblemError('not-found', { what: `upload ${call.path.id}` });
  return upload;
}

export async function sendOriginal(call: UploadIdCall): Promise<void> {
  const upload = await requireUpload(call);
  if (upload.state === 'receiving')
    throw notYet('文件尚未完整收到', 'the file has not arrived completely yet');
  // A CSV may come in GB18030: the name of its encoding is not ours to state.
  const type = MEDIA_TYPES[upload.format].split(';', 1)[0]!;
  attachmentHeaders(call.response, { name: upload.filename, type });
  call.response.set('content-length', String(upload.bytes));
  await streamed(call, readUploadChunks(call.context.pool, upload.id));
}

export async function sendAnnotated(call: UploadIdCall): Promise<void> {
  const upload = await requireUpload(call);
  if (upload.state === 'unreadable') {
    const { zh, en } = upload.problem ?? { zh: '无法读取该文件', en: 'the file cannot be read' };
    throw notYet(`没有可标注的行：${zh}`, `there are no rows to annotate: ${en}`);
  }
  if (upload.state !== 'done' && upload.state !== 'rejected')
    throw notYet(
      '文件尚未检查完毕，请稍后再取',
      'the file is not checked to its end yet; ask again later',
    );
  const { pool } = call.context;
  const sheet = await openSheet(readUploadChunks(pool, upload.id), upload.format);
  try {
    const name = upload.filename.replace(/(\.[a-z]+)?$/i, `-errors.${upload.format}`);
    attachmentHeaders(call.response, { name, type: MEDIA_TYPES[upload.format] });
    const issues = issuesOf(call, upload.id);
    await streamed(call, writeAnnotated(formOfUpload(call, upload), sheet, issues));
  } finally {
    await sheet.close();
  }
}

async function* issuesOf(call: Call, uploadId: string): AsyncGenerator<Issue> {
  for await (const { issues } of streamUploadErrors(call.context.pool, uploadId)) yield* issues;
}

/** The form the upload was checked against: that of its period, else that of the day it came. */
function formOfUpload(call: Call, upload: UploadRow): Form {
  const { standards } = call.context;
  const period = upload.period === null ? null : parsePeriod(upload.period);
  const plan = period ? standards.plan(upload.rulebookId, period) : null;
  const wanted = { kind: 'rulebook', id: upload.rulebookId, version: undefined };
  const day = dayInChina(upload.createdAt);
  const rulebook = plan?.rulebook ?? documentOf(standards.rulebooks, { ...wanted, day }).document;
  return formOfRulebook(call.context, rulebook);
}

function notYet(reasonZh: string, reasonEn: string): ProblemError {
  return new ProblemError('conflict', { reasonZh, reasonEn });
}
