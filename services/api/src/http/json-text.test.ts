import fc from 'fast-check';

import { DEEPEST_LEVEL, jsonTextIssues } from './json-text';

const issuesOf = (text: string): readonly [string | undefined, string, string | undefined][] =>
  (jsonTextIssues(text, 1000) ?? []).map((issue) => [issue.pointer, issue.code, issue.seen]);

const shortNumber = (_key: string, value: unknown): unknown =>
  typeof value === 'number' ? Math.round(value * 100) % 100_000 : value;

describe('what JSON.parse hides', () => {
  it('a number of more than 15 significant digits is told with its exact text and place', () => {
    expect(issuesOf('{"a":[{"b/c":1.2345678901234567},{"d":12345678901234567890}]}')).toEqual([
      ['/a/0/b~1c', 'too-many-digits', '1.2345678901234567'],
      ['/a/1/d', 'too-many-digits', '12345678901234567890'],
    ]);
  });

  it('a number that would become 0 or infinite is told', () => {
    expect(issuesOf('[1e-400, 1e400]')).toEqual([
      ['/0', 'too-many-decimal-places', '1e-400'],
      ['/1', 'too-large', '1e400'],
    ]);
  });

  it('zeros that add no digit are no mistake', () => {
    expect(issuesOf('[1.50000000000000000000, 1200000000000000e-3, 0.00000000000000]')).toEqual([]);
  });

  it('a key that appears twice in one object is told, also when written with escapes', () => {
    expect(issuesOf('{"a":1,"b":{"a":2},"\\u0061":3}')).toEqual([['/a', 'bad-field', 'a']]);
  });

  it('__proto__ is told and never followed', () => {
    expect(issuesOf('{"x":{"__proto__":{"polluted":true}}}')).toEqual([
      ['/x/__proto__', 'bad-field', '__proto__'],
    ]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('digits, commas, brackets and quotes inside of texts mean nothing', () => {
    expect(issuesOf('{"a":"12345678901234567890","b":"\\",{[1e999","c\\\\":["]"]}')).toEqual([]);
  });

  it('nesting beyond the limit is refused before it can cost memory', () => {
    expect(jsonTextIssues('['.repeat(DEEPEST_LEVEL), 10)).toEqual([]);
    expect(jsonTextIssues('['.repeat(10_000_000), 10)).toBeNull();
  });

  it('any JSON made of safe numbers has no issue', () => {
    fc.assert(
      fc.property(
        fc
          .jsonValue({ maxDepth: 5 })
          .filter((value) => !JSON.stringify(value).includes('__proto__'))
          .map((value) => JSON.parse(JSON.stringify(value), shortNumber) as unknown),
        (value) => {
          for (const indent of [0, 2])
            expect(jsonTextIssues(JSON.stringify(value, null, indent), 10)).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('ends on any text, valid or not', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('"', '\\', '{', '}', '[', ']', ',', ':', '1', 'e', '-', 'u')),
        (parts) => {
          jsonTextIssues(parts.join(''), 10);
        },
      ),
      { numRuns: 500 },
    );
  });
});
