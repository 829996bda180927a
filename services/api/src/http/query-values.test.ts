import type { Issue } from '@tanxiao/contracts';

import { queryValues } from './query-values';

function read(query: string): { values: Record<string, string>; codes: string[] } {
  const issues: Issue[] = [];
  const values = { ...queryValues(`/x${query}`, issues) };
  return { values, codes: issues.map(({ code }) => code) };
}

describe('query strings', () => {
  it('texts come decoded, empty ones not at all', () => {
    expect(read('?a=1&b=%E6%B9%96+x&c=&&d')).toEqual({ values: { a: '1', b: '湖 x' }, codes: [] });
  });

  it('a parameter given twice is refused rather than one of them silently taken', () => {
    expect(read('?a=1&a=2').codes).toEqual(['bad-field']);
  });

  it('U+0000 and other control characters never reach the database', () => {
    expect(read('?a=%00').codes).toEqual(['forbidden-character']);
    expect(read('?a%0a=1').codes).toEqual(['forbidden-character']);
  });

  it('__proto__ is a name like any other', () => {
    expect(Object.keys(read('?__proto__=1').values)).toEqual(['__proto__']);
  });

  it.each(['?a=%', '?a=%zz', '?%ff=1', '?a=%c3%28'])(
    'broken percent-encoding %s is refused',
    (q) => {
      expect(() => read(q)).toThrow(/percent-encoding/);
    },
  );
});
