/** Reads a JSON body: its size, its time, its encoding and its schema, with one clear problem for each mistake. */
import { createHash } from 'node:crypto';

import { type Issue, type Language, ProblemError } from '@tanxiao/contracts';
import type { Request } from 'express';
import type { z } from 'zod';

import { readBytes } from './body-bytes';
import { fieldIssues } from './field-issues';
import { DEEPEST_LEVEL, jsonTextIssues, type JsonTextRefusal } from './json-text';
import { JSON_BODY_BYTES, JSON_BODY_SECONDS, JSON_VALUES, TEXT_ISSUES } from './limits';
import { mediaTypeOf, refuseContentEncoding } from './media-type';

/** A JSON body after its schema: with the issues that only its text shows, and a fingerprint of its bytes. */
export interface JsonBody<T = unknown> {
  readonly value: T;
  readonly sha256: string;
  readonly textIssues: readonly Issue[];
}

const JSON_TYPE = 'application/json';

/** @throws ProblemError for every mistake of the client; all of the schema's complaints at once. */
export async function readJsonBody<T extends z.ZodType>(
  request: Request,
  schema: T,
  language: Language,
): Promise<JsonBody<z.output<T>>> {
  const type = mediaTypeOf(request);
  if (type?.essence !== JSON_TYPE || !/^utf-?8$/.test(type.charset ?? 'utf-8'))
    throw new ProblemError('unsupported-media-type', {
      available: 'application/json; charset=utf-8',
    });
  refuseContentEncoding(request);
  const bytes = await readBytes(request, { limit: JSON_BODY_BYTES, seconds: JSON_BODY_SECONDS });
  const text = utf8Text(bytes, language);
  const textIssues = jsonTextIssues(text, { issues: TEXT_ISSUES, values: JSON_VALUES });
  if (typeof textIssues === 'string') throw refused(textIssues, language);
  const parsed = parsedJson(text, language);
  if (textIssues.length === TEXT_ISSUES) throw new ProblemError('invalid-request', {}, textIssues);
  const reading = schema.safeParse(parsed, { reportInput: true });
  if (!reading.success)
    throw new ProblemError('invalid-request', {}, [
      ...textIssues,
      ...fieldIssues(reading.error, { place: 'body', pointer: '' }),
    ]);
  return {
    value: reading.data,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    textIssues,
  };
}

function refused(refusal: JsonTextRefusal, language: Language): ProblemError {
  const reasons = {
    'too-deep': {
      zh: `嵌套超过 ${DEEPEST_LEVEL} 层`,
      en: `it nests deeper than ${DEEPEST_LEVEL} levels`,
    },
    'too-many-values': {
      zh: `包含的值超过 ${JSON_VALUES} 个，请分成几次发送，或以 CSV、XLSX 文件上传`,
      en: `it holds more than ${JSON_VALUES} values; send it in parts, or upload it as a CSV or XLSX file`,
    },
  };
  return new ProblemError('invalid-json', { reason: reasons[refusal][language] });
}

function utf8Text(bytes: Buffer, language: Language): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ProblemError('invalid-json', {
      reason: { zh: '请求体不是 UTF-8 编码', en: 'the body is not UTF-8' }[language],
    });
  }
}

function parsedJson(text: string, language: Language): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ProblemError('invalid-json', { reason: syntaxReason(error, text, language) });
  }
}

/** V8 tells a place only in some of its messages; where it does, line and column are what a person can use. */
function syntaxReason(error: unknown, text: string, language: Language): string {
  if (text.trim() === '') return { zh: '请求体为空', en: 'the body is empty' }[language];
  const said = error instanceof Error ? error.message : '';
  const place = /at position (\d+)/.exec(said)?.[1];
  if (place === undefined) {
    return /end of JSON/i.test(said)
      ? { zh: '内容在结尾处不完整', en: 'it breaks off before its end' }[language]
      : { zh: '语法错误', en: 'syntax error' }[language];
  }
  const before = text.slice(0, Number(place)).split('\n');
  const [line, column] = [before.length, (before.at(-1)?.length ?? 0) + 1];
  return {
    zh: `第 ${line} 行第 ${column} 列有语法错误`,
    en: `syntax error in line ${line}, column ${column}`,
  }[language];
}
