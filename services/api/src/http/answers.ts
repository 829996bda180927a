/** How handlers answer: data is never cached by anyone, documents may be kept and revalidated. */
import { createHash } from 'node:crypto';

import { type Language, ProblemError } from '@tanxiao/contracts';
import type { Response } from 'express';

import { type Call, JSON_TYPE } from './route';

export function answerJson(call: Call, status: number, body: unknown): void {
  call.response
    .status(status)
    .set('cache-control', 'no-store')
    .type(JSON_TYPE)
    .send(JSON.stringify(body));
}

/** A document that seldom changes: kept by the client, asked for again by its ETag. */
export function answerDocument(
  call: Call,
  document: { readonly type: string; readonly body: string },
): void {
  const { request, response } = call;
  const etag = createHash('sha256').update(document.body).digest('base64url');
  response.set('cache-control', 'no-cache').set('etag', `"${etag}"`);
  if (request.fresh) {
    response.status(304).end();
    return;
  }
  response.type(document.type).send(document.body);
}

/** Headers of a file to be saved; the name may be Chinese (RFC 6266, RFC 8187). */
export function attachmentHeaders(
  response: Response,
  file: { readonly name: string; readonly type: string },
): void {
  const ascii = file.name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  // Through bytes and back: encodeURIComponent throws on half a surrogate pair.
  const whole = Buffer.from(file.name, 'utf8').toString('utf8');
  const encoded = encodeURIComponent(whole).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  response
    .set('cache-control', 'no-store')
    .set('content-type', file.type)
    .set('content-disposition', `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`);
}

/** The best of the media types a route can answer with; the first where the client has no wish. */
export function chosenType<T extends string>(call: Call, types: readonly [T, ...T[]]): T {
  const wish = call.request.get('accept');
  if (wish === undefined || wish.trim() === '') return types[0];
  const chosen = call.request.accepts([...types]);
  if (chosen === false) throw new ProblemError('not-acceptable', { available: types.join(', ') });
  return types.find((type) => type === chosen) ?? types[0];
}

export function languageHeader(call: Call, language: Language): void {
  call.response.set('content-language', language).vary('accept-language');
}
