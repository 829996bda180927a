/** A schema's complaints as issues in both languages, each with the place and the value seen. */
import type { Issue } from '@tanxiao/contracts';
import { z } from 'zod';

type SchemaIssue = z.core.$ZodIssue;

const zh = z.locales.zhCN().localeError;
const en = z.locales.en().localeError;

/** A place in a body is told by a JSON pointer, a parameter by its name in the sentence. */
export type Place =
  { readonly place: 'body'; readonly pointer: string } | { readonly place: 'path' | 'query' };

/** Every complaint of `error`, which must come from a parse with `reportInput`. */
export function fieldIssues(error: z.ZodError, at: Place): Issue[] {
  return error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => unknownField(key, [...issue.path, key], at))
      : [fieldIssue(issue, at)],
  );
}

function fieldIssue(issue: SchemaIssue, at: Place): Issue {
  const sentence = sentenceOf(issue);
  return {
    code: 'bad-field',
    ...located(issue.path, at),
    ...(issue.input === undefined ? {} : { seen: seenText(issue.input) }),
    params: named(sentence, issue.path, at),
  };
}

function unknownField(key: string, path: readonly PropertyKey[], at: Place): Issue {
  const sentence = {
    zh: `不认识的${at.place === 'query' ? '查询参数' : '字段'} ${quoted(key)}`,
    en: `unknown ${at.place === 'query' ? 'query parameter' : 'field'} ${quoted(key)}`,
  };
  return {
    code: 'bad-field',
    ...located(path, at),
    seen: key.slice(0, 80),
    params: { detailZh: sentence.zh, detailEn: sentence.en },
  };
}

function sentenceOf(issue: SchemaIssue): { zh: string; en: string } {
  // A schema's own message holds both languages.
  const [zhText = '', enText] = issue.message.split('\n');
  if (enText !== undefined) return { zh: zhText, en: enText };
  if (issue.code === 'invalid_union') {
    const expected = issue.errors
      .flat()
      .map((one) => ('expected' in one ? one.expected : null))
      .filter((one) => one !== null);
    if (expected.length > 0) {
      const list = expected.join(' | ');
      return { zh: `应为 ${list}`, en: `expected ${list}` };
    }
  }
  if (issue.code === 'invalid_type' && issue.input === undefined)
    return { zh: '缺少该项', en: 'it is missing' };
  const raw = issue as z.core.$ZodRawIssue;
  return { zh: textOf(zh(raw)), en: textOf(en(raw)) };
}

function textOf(message: string | { message: string } | null | undefined): string {
  return typeof message === 'string' ? message : (message?.message ?? '');
}

function named(
  sentence: { zh: string; en: string },
  path: readonly PropertyKey[],
  at: Place,
): Record<string, string> {
  if (at.place === 'body') return { detailZh: sentence.zh, detailEn: sentence.en };
  const name = path.map(String).join('.');
  return at.place === 'query'
    ? {
        detailZh: `查询参数 ${name}：${sentence.zh}`,
        detailEn: `query parameter ${name}: ${sentence.en}`,
      }
    : {
        detailZh: `地址中的 ${name}：${sentence.zh}`,
        detailEn: `${name} in the address: ${sentence.en}`,
      };
}

function located(path: readonly PropertyKey[], at: Place): { pointer?: string } {
  return at.place === 'body' ? { pointer: at.pointer + pointerOf(path) } : {};
}

/** RFC 6901. */
export function pointerOf(path: readonly PropertyKey[]): string {
  return path
    .map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 80));
}

/** The value seen, as JSON where it is not a plain text; nested values are only named. */
function seenText(value: unknown): string {
  if (typeof value === 'string') return value.slice(0, 80);
  if (Array.isArray(value)) return '[…]';
  if (typeof value === 'object' && value !== null) return '{…}';
  return String(value);
}
