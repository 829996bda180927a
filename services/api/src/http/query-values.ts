/** The query string as plain texts: each parameter once, properly encoded, without control characters. */
import { type Issue, ProblemError } from '@tanxiao/contracts';

// eslint-disable-next-line no-control-regex -- exactly these are refused: PostgreSQL cannot hold U+0000
const CONTROL = /[\u0000-\u001f\u007f]/;

/**
 * Values by name, without empty ones (`?region=` is a form's way to say "any").
 * @throws ProblemError `malformed-request` where percent-encoding is broken.
 */
export function queryValues(url: string, issues: Issue[]): Record<string, string> {
  const start = url.indexOf('?');
  const values: Record<string, string> = Object.create(null) as Record<string, string>;
  if (start < 0) return values;
  for (const pair of url.slice(start + 1).split('&')) {
    if (pair === '') continue;
    const [rawName = '', ...rest] = pair.split('=');
    const name = decoded(rawName);
    const value = decoded(rest.join('='));
    if (CONTROL.test(value) || CONTROL.test(name)) {
      issues.push({ code: 'forbidden-character', params: { title: printable(name) } });
    } else if (name in values) {
      issues.push({
        code: 'bad-field',
        seen: value,
        params: {
          detailZh: `查询参数 ${name} 出现了不止一次`,
          detailEn: `query parameter ${name} appears more than once`,
        },
      });
    } else if (value !== '') {
      values[name] = value;
    }
  }
  return values;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw badUrlEncoding();
  }
}

export function badUrlEncoding(): ProblemError {
  return new ProblemError('malformed-request', {
    reasonZh: '地址中的百分号编码无效：% 后应为两位十六进制数，并构成 UTF-8',
    reasonEn:
      'the percent-encoding of the address is broken: % must be followed by two hexadecimal digits that form UTF-8',
  });
}

function printable(text: string): string {
  return JSON.stringify(text).slice(1, -1).slice(0, 80);
}
