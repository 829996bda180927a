/** The files of an upload: the original as it came, and the one with the errors beside the rows. */
import { dayInChina, type Issue, parsePeriod, ProblemError } from '@tanxiao/contracts';
import { firstPeriod, type Form, openSheet, type Sheet, writeAnnotated } from '@tanxiao/forms';
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
  const open = (): Promise<Sheet> => openSheet(readUploadChunks(pool, upload.id), upload.format);
  const form = await formOfUpload(call, upload, open);
  const sheet = await open();
  try {
    const name = upload.filename.replace(/(\.[a-z]+)?$/i, `-errors.${upload.format}`);
    attachmentHeaders(call.response, { name, type: MEDIA_TYPES[upload.format] });
    const issues = issuesOf(call, upload.id);
    await streamed(call, writeAnnotated(form, sheet, issues));
  } finally {
    await sheet.close();
  }
}

async function* issuesOf(call: Call, uploadId: string): AsyncGenerator<Issue> {
  for await (const { issues } of streamUploadErrors(call.context.pool, uploadId)) yield* issues;
}

/** The form the upload was checked against: that of its period, else of its first row's, else of the day it came. */
async function formOfUpload(
  call: Call,
  { rulebookId, period, createdAt }: UploadRow,
  open: () => Promise<Sheet>,
): Promise<Form> {
  const { standards } = call.context;
  const read = period === null ? await firstPeriod(open) : parsePeriod(period);
  const plan = read && standards.plan(rulebookId, read);
  const wanted = { kind: 'rulebook', id: rulebookId, version: undefined };
  const day = dayInChina(createdAt);
  const rulebook = plan?.rulebook ?? documentOf(standards.rulebooks, { ...wanted, day }).document;
  return formOfRulebook(call.context, rulebook);
}

function notYet(reasonZh: string, reasonEn: string): ProblemError {
  return new ProblemError('conflict', { reasonZh, reasonEn });
}
