import fc from 'fast-check';

import { DEEPEST_LEVEL, jsonTextIssues } from './json-text';

const scan = (text: string) => jsonTextIssues(text, { issues: 1000, values: 1000 });

const issuesOf = (text: string): readonly [string | undefined, string, string | undefined][] => {
  const found = scan(text);
  if (typeof found === 'string') throw new Error(found);
  return found.map((issue) => [issue.pointer, issue.code, issue.seen]);
};

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
    expect(scan('['.repeat(DEEPEST_LEVEL))).toEqual([]);
    expect(scan('['.repeat(10_000_000))).toBe('too-deep');
  });

  it.each([
    ['elements', (n: number) => `[${Array(n).fill('{}').join()}]`],
    ['members', (n: number) => `{${Array.from({ length: n }, (_, i) => `"k${i}":0`).join()}}`],
    ['strings', (n: number) => `[${Array(n).fill('",,[["').join()}]`],
  ])('more %s than the limit are refused before they become values', (_name, textOf) => {
    expect(scan(textOf(490))).toEqual([]);
    expect(scan(textOf(1001))).toBe('too-many-values');
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
            expect(scan(JSON.stringify(value, null, indent))).toEqual([]);
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
          scan(parts.join(''));
        },
      ),
      { numRuns: 500 },
    );
  });
});
