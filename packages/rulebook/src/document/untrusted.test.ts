/** Documents made to hang, to exhaust memory or to end the process are refused, with a code that says why. */
import { parseFactorSet } from './factor-set';
import { RulebookError } from './problems';
import { parseRulebook } from './rulebook';
import { SMALL_RULEBOOK } from './small.fixture';

function refusalOf(read: () => unknown): RulebookError {
  try {
    read();
  } catch (error) {
    if (error instanceof RulebookError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

const codesOf = (text: string): string[] =>
  refusalOf(() => parseRulebook(text, 'a.yaml')).problems.map((problem) => problem.code);

describe('YAML', () => {
  test.each([
    ['lists within lists', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
    ['lists never closed', '['.repeat(900_000)],
    ['lists in a line', '- '.repeat(400_000)],
    ['keys in a line', '? '.repeat(400_000)],
    ['keys within a list', `[a${' b: c'.repeat(30_000)}]`],
  ])('%s nest too deep', (_, text) => {
    expect(codesOf(text)).toEqual(['too-deep']);
  });

  test.each([
    ['numbers', `[${'1,'.repeat(400_000)}]`],
    ['distinct keys', Array.from({ length: 150_000 }, (_, i) => `${i}:\n`).join('')],
    ['what an alias stands for', `a: &a [${'{a: 1},'.repeat(9000)}]\nb: [${'*a,'.repeat(20)}]`],
  ])('%s by the hundred thousand are too large', (_, text) => {
    expect(codesOf(text)).toEqual(['too-large']);
  });

  test.each([
    ['wrong escapes by the hundred thousand', `"${'\\q'.repeat(400_000)}"`, 1],
    ['a key that is there twice', `${SMALL_RULEBOOK}\nsubject: factory`, 85],
    ['a key that is a list', '? [a]\n: b', 1],
    ['a second document', 'a: 1\n---\nb: 2', 2],
    ['a list within itself', 'a: &a [*a]', 1],
  ])('%s: the first place is named', (_, text, line) => {
    const { problems } = refusalOf(() => parseRulebook(text, 'a.yaml'));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ line });
  });
});

test.each([
  ['a NUL', 'a\\0b'],
  ['an escape', '\\e[31m'],
  ['a half of a pair', 'a\\ud800'],
  ['a mark of writing direction', '\\u202ea'],
])('a title with %s is refused', (_, title) => {
  const text = SMALL_RULEBOOK.replace('en: Small', `en: "${title}"`);
  expect(codesOf(text)).toEqual(['schema-custom']);
});

test.each([
  ['unit', 'unit: tCO2, formula', `unit: ${'a'.repeat(100_000)}, formula`],
  ['version', 'version: 1.0.0\ntitle', `version: 1.0.${'0'.repeat(100_000)}\ntitle`],
  ['band title', 'zh: 甲, en: A', `zh: ${'甲'.repeat(1000)}, en: A`],
])('a %s as long as an author likes is refused', (_, short, long) => {
  expect(SMALL_RULEBOOK).toContain(short);
  expect(codesOf(SMALL_RULEBOOK.replace(short, long))).toContain('schema-too_big');
});

test('a million mistakes make a report that a person can read', () => {
  const text = SMALL_RULEBOOK.replace(
    'name: emissions,',
    `name: "${'!'.repeat(500_000)}",`,
  ).replace('identifiers: [uscc]', `identifiers: [${'x,'.repeat(5000)}]`);
  const { problems, message } = refusalOf(() => parseRulebook(text, 'a.yaml'));
  expect(message.length).toBeLessThan(100_000);
  expect(problems.at(-1)).toMatchObject({ code: 'more' });
});

test('a factor set is read with the same care', () => {
  expect(refusalOf(() => parseFactorSet('['.repeat(20_000), 'f.yaml')).problems[0]!.code).toBe(
    'too-deep',
  );
});

test.each([
  ['NUL', '\0'],
  ['half a surrogate pair', '\ud83d'],
])('a comment with %s is refused at its place', (_, sign) => {
  const [first = '', ...rest] = SMALL_RULEBOOK.split('\n');
  const text = [first, `# ${sign}`, ...rest].join('\n');
  expect(refusalOf(() => parseRulebook(text, 'a.yaml')).problems).toEqual([
    expect.objectContaining({ code: 'yaml', line: 2 }),
  ]);
});
