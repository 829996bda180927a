/** The file of an upload request, raw or as multipart/form-data, as a stream of bytes that waits for its reader. */
import type { Readable } from 'node:stream';

import { ProblemError } from '@tanxiao/contracts';
import busboy, { type Busboy } from 'busboy';
import type { Request } from 'express';

import { ClientGoneError, refuseAnnouncedLength, tooLarge } from '../http/body-bytes';
import { UPLOAD_BYTES, UPLOAD_IDLE_SECONDS } from '../http/limits';
import { mediaTypeOf, refuseContentEncoding } from '../http/media-type';

export interface UploadSource {
  /** As the form names it; empty where it does not, or where the body is the file itself. */
  readonly filename: string;
  /** Without parameters; empty where none was sent. */
  readonly mediaType: string;
  /**
   * Ends only when the whole request arrived as it should. Throws ProblemError (`payload-too-large`,
   * `request-timeout`, `malformed-request`, `invalid-request`) or ClientGoneError.
   */
  readonly bytes: AsyncIterable<Buffer>;
}

/** A form's headers and closing lines, beside the file. */
const FORM_OVERHEAD = 64 * 1024;

/** @throws ProblemError where the request holds no file; ClientGoneError */
export async function uploadSource(request: Request): Promise<UploadSource> {
  refuseContentEncoding(request);
  const mediaType = mediaTypeOf(request)?.essence ?? '';
  if (mediaType === 'multipart/form-data') {
    refuseAnnouncedLength(request, UPLOAD_BYTES + FORM_OVERHEAD);
    return formFile(request);
  }
  refuseAnnouncedLength(request, UPLOAD_BYTES);
  return { filename: '', mediaType, bytes: limited(requestBytes(request)) };
}

async function* requestBytes(request: Request): AsyncGenerator<Buffer> {
  try {
    yield* patientBytes(request);
  } catch (error) {
    throw error instanceof ProblemError ? error : new ClientGoneError();
  }
  if (!request.complete) throw new ClientGoneError();
}

async function* limited(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let length = 0;
  for await (const piece of source) {
    length += piece.length;
    if (length > UPLOAD_BYTES) throw tooLarge(UPLOAD_BYTES);
    yield piece;
  }
}

/** Does not destroy the stream when its reader stops early: the connection is still needed for the answer. */
async function* patientBytes(stream: Readable): AsyncGenerator<Buffer> {
  const iterator = stream.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>;
  for (;;) {
    const next = await withinIdleLimit(iterator.next());
    if (next.done) return;
    yield next.value;
  }
}

async function withinIdleLimit<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new ProblemError('request-timeout', { limit: String(UPLOAD_IDLE_SECONDS) })),
      UPLOAD_IDLE_SECONDS * 1000,
    );
    timer.unref();
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    // After a timeout the stream may still fail; nobody waits for that any more.
    work.catch(() => undefined);
  }
}

function formFile(request: Request): Promise<UploadSource> {
  const form = openForm(request);
  const whole = wholeForm(request, form);
  // Awaited after the file's last byte; until then a failure shows itself in the file's stream.
  whole.catch(() => undefined);
  const found = new Promise<UploadSource>((resolve) => {
    form.on('file', (name, stream, info) => {
      // A failure before the first read, or of a part nobody reads, must not become an uncaught exception.
      stream.on('error', () => undefined);
      if (name !== 'file') {
        form.destroy(
          formIssue(
            `应为名为 file 的字段，而不是 ${name}`,
            `the field must be named file, not ${name}`,
          ),
        );
        return;
      }
      resolve({
        // Missing where the part names no file.
        filename: info.filename ?? '',
        mediaType: info.mimeType.split(';', 1)[0]!.trim().toLowerCase(),
        bytes: limited(formBytes(stream, whole)),
      });
    });
  });
  const missing = withinIdleLimit(whole).then(() => {
    throw formIssue('表单中没有名为 file 的文件', 'the form holds no file in a field named file');
  });
  missing.catch(() => undefined);
  return Promise.race([found, missing]);
}

async function* formBytes(stream: Readable, whole: Promise<void>): AsyncGenerator<Buffer> {
  try {
    yield* patientBytes(stream);
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    // The form's own failure says more than the broken stream of its part.
    await whole;
    throw error;
  }
  await withinIdleLimit(whole);
}

function openForm(request: Request): Busboy {
  try {
    return busboy({
      headers: request.headers,
      // A header's file name is UTF-8 in every browser of this century.
      defParamCharset: 'utf8',
      limits: { files: 1, fields: 20, fieldSize: 1024, parts: 30, headerPairs: 50 },
    });
  } catch {
    throw brokenForm();
  }
}

/** Resolves when the form ended with its closing boundary and held nothing too much. */
function wholeForm(request: Request, form: Busboy): Promise<void> {
  return new Promise((resolve, reject) => {
    let extra: ProblemError | null = null;
    const tooMuch = (): void => {
      extra = formIssue('一次只能上传一个文件', 'send one file at a time');
    };
    form.on('filesLimit', tooMuch).on('partsLimit', tooMuch).on('fieldsLimit', tooMuch);
    const gone = (): void => {
      if (!request.complete) form.destroy(new ClientGoneError());
    };
    request.on('close', gone).on('error', gone);
    form.on('error', (error) => {
      request.unpipe(form);
      reject(
        error instanceof ProblemError || error instanceof ClientGoneError ? error : brokenForm(),
      );
    });
    form.on('close', () => {
      if (extra) reject(extra);
      else resolve();
    });
    request.pipe(form);
  });
}

function brokenForm(): ProblemError {
  return new ProblemError('malformed-request', {
    reasonZh: 'multipart/form-data 表单不完整或格式有误（分隔符 boundary、各部分的头、结尾）',
    reasonEn:
      'the multipart/form-data form is incomplete or broken (boundary, the headers of a part, its end)',
  });
}

function formIssue(detailZh: string, detailEn: string): ProblemError {
  return new ProblemError('invalid-request', {}, [
    { code: 'bad-field', params: { detailZh, detailEn } },
  ]);
}
