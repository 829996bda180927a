/** The Content-Type and Content-Encoding of a request. */
import { ProblemError } from '@tanxiao/contracts';
import type { Request } from 'express';

export interface MediaType {
  /** Type and subtype in lower case. */
  readonly essence: string;
  readonly charset: string | null;
}

export function mediaTypeOf(request: Request): MediaType | null {
  const header = request.get('content-type');
  if (header === undefined) return null;
  const [essence = '', ...parameters] = header.split(';');
  const charset = parameters
    .map((parameter) => /^\s*charset\s*=\s*"?([^"\s]+)"?\s*$/i.exec(parameter)?.[1])
    .find((found) => found !== undefined);
  return { essence: essence.trim().toLowerCase(), charset: charset?.toLowerCase() ?? null };
}

/** Compressed bodies are refused: their size is unknown until they are unpacked. */
export function refuseContentEncoding(request: Request): void {
  const encoding = request.get('content-encoding')?.trim().toLowerCase();
  if (encoding !== undefined && encoding !== '' && encoding !== 'identity')
    throw new ProblemError('unsupported-media-type', { available: 'Content-Encoding: identity' });
}
