import { parseRulebook, type Rulebook } from '../document/rulebook';
import type { RulebookDocument } from '../document/schema';
import { SHAPES_RULEBOOK } from '../document/shapes.fixture';
import { SMALL_RULEBOOK } from '../document/small.fixture';
import { diffRulebooks, type RulebookChange } from './diff-rulebooks';
import { writtenDocument } from './written-document';

const EXAMPLE = `examples:
  - title: { zh: 例, en: Example }
    period: "2024"
    inputs: { output: 1, fuel_01: null }
    expect: { outcome: not-rated, reasons: [no-mean] }
`;
const shapes = parseRulebook(SHAPES_RULEBOOK, 'shapes.yaml');
const small = parseRulebook(SMALL_RULEBOOK + EXAMPLE, 'small.yaml');

function changes(...edits: readonly (readonly [string, string])[]): readonly RulebookChange[] {
  let text = SMALL_RULEBOOK + EXAMPLE;
  for (const [right, other] of edits) {
    expect(text).toContain(right);
    text = text.replace(right, other);
  }
  return diffRulebooks(small, parseRulebook(text, 'small.yaml')).changes;
}

test('a number that changes is told with both values, from which day, source and status', () => {
  expect(
    changes([
      'value: 0.9, source: book, status: assumed',
      'value: 0.8, source: book, clause: "9", status: official',
    ]),
  ).toEqual([
    {
      kind: 'number',
      part: 'parameters',
      name: 'good_limit',
      title: { zh: '上限', en: 'Limit' },
      clause: '9',
      field: '',
      from: '2025-01-01',
      before: { value: 0.9, source: 'book', status: 'assumed', clause: null },
      after: { value: 0.8, source: 'book', status: 'official', clause: '9' },
    },
  ]);
});

test('a new date is a change of what held until then, and a date that changes nothing is none', () => {
  const dated = (value: string): string =>
    `value: 2, source: book, status: assumed }, { from: "2027-01-01", value: ${value}, source: book, status: assumed }]`;
  const [change] = changes(['value: 2, source: book, status: assumed }]', dated('1.8')]);
  expect(change).toMatchObject({
    kind: 'number',
    name: 'fair_limit',
    from: '2027-01-01',
    before: { value: 2 },
    after: { value: 1.8 },
  });
  expect(changes(['value: 2, source: book, status: assumed }]', dated('2')])).toEqual([]);
});

test('a change that lasts is told once, from the day it begins', () => {
  const found = changes(
    ['from: "2021-01-01", value: 1, source', 'from: "2021-01-01", value: 0.5, source'],
    [', { from: "2025-01-01", value: 0.9, source: book, status: assumed }', ''],
  );
  expect(found).toMatchObject([
    { from: '2021-01-01', before: { value: 1 }, after: { value: 0.5 } },
    { from: '2025-01-01', before: { value: 0.9 }, after: { value: 0.5 } },
  ]);
});

test('a formula, a text, a band and a reason are told with their clause, field and both values', () => {
  expect(
    changes(
      ['formula: emissions / output', 'formula: emissions / (output + output)'],
      ['en: Ratio }', 'en: Quotient }'],
      [
        'title: { zh: 甲, en: A }, atMost: good_limit',
        'title: { zh: 甲, en: A }, below: good_limit',
      ],
    ),
  ).toMatchObject([
    {
      kind: 'changed',
      part: 'calculations',
      name: 'intensity',
      clause: '2',
      field: 'formula',
      before: 'emissions / output',
      after: 'emissions / (output + output)',
    },
    { name: 'ratio', clause: '3', field: 'title.en', before: 'Ratio', after: 'Quotient' },
    { name: 'grade', clause: '5', field: 'bands[A].below', before: undefined, after: 'good_limit' },
    { name: 'grade', field: 'bands[A].atMost', before: 'good_limit', after: undefined },
  ]);
});

test('an input that is added or removed is one change, whatever its place', () => {
  const line =
    '  - { name: note, title: { zh: 备注数, en: Note }, unit: "1", missing: { value: 0 } }\n';
  const more = line.replace('name: note', 'name: extra');
  const check = 'require: note <= 100';
  expect(changes([line, more + line], [check, 'require: note + extra <= 100'])).toMatchObject([
    { kind: 'added', part: 'inputs', name: 'extra', item: { unit: '1' } },
    { kind: 'changed', part: 'checks', name: 'note-small', field: 'require' },
  ]);
  expect(changes([line, ''], [check, 'require: output <= 100 * output'])[0]).toMatchObject({
    kind: 'removed',
    part: 'inputs',
    name: 'note',
  });
});

test('items in another order are told as that alone', () => {
  const reason = '  - { reason: missing-output, message: { zh: 缺产值, en: no output } }\n';
  expect(
    changes([reason, ''], ['  - { reason: no-mean,', `${reason}  - { reason: no-mean,`]),
  ).toMatchObject([{ kind: 'order', part: 'notRated' }]);
});

test('comments and layout are no change', () => {
  expect(changes(['subject: enterprise', '# a comment\nsubject:   "enterprise"'])).toEqual([]);
});

test('a weight of a score is one number, not also the parameter that it stands for', () => {
  const text = SHAPES_RULEBOOK.replace(
    'weight: { value: 40, source: book',
    'weight: { value: 35, source: book',
  ).replace('weight: { value: 20, source: book', 'weight: { value: 25, source: book');
  expect(diffRulebooks(shapes, parseRulebook(text, 'shapes.yaml')).changes).toMatchObject([
    {
      kind: 'number',
      part: 'scores',
      name: 'score',
      field: 'groups[low_energy].indicators[strength].weight',
      from: null,
      before: { value: 40 },
      after: { value: 35 },
    },
    { kind: 'number', before: { value: 20 }, after: { value: 25 } },
  ]);
});

describe.each([
  ['the small rulebook', small],
  ['one with every shape of rule', shapes],
])('of %s nothing is passed over', (_, rulebook) => {
  const leaves = pathsIn(writtenDocument(rulebook));
  const withEdit = (path: Path, edit: () => unknown): Rulebook => ({
    ...rulebook,
    document: edited(rulebook.document, path, edit),
  });

  test('whichever value is another, there is a change', () => {
    expect(leaves.length).toBeGreaterThan(150);
    for (const path of leaves) {
      const other = withEdit(path, () => 'another');
      expect([path, diffRulebooks(rulebook, other).changes]).not.toEqual([path, []]);
    }
  });

  test('whichever value is gone, there is a change in both directions', () => {
    for (const path of leaves) {
      const other = withEdit(path, () => undefined);
      expect([path, diffRulebooks(rulebook, other).changes]).not.toEqual([path, []]);
      expect([path, diffRulebooks(other, rulebook).changes]).not.toEqual([path, []]);
    }
  });
});

type Path = readonly (string | number)[];

function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, below]) =>
    pathsIn(below, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

function edited(document: RulebookDocument, path: Path, edit: () => unknown): RulebookDocument {
  const copy = structuredClone(document);
  const last = path.at(-1)!;
  const parent = path
    .slice(0, -1)
    .reduce<Record<string, unknown>>((at, key) => at[key] as Record<string, unknown>, copy);
  const value = edit();
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else parent[last] = value;
  return copy;
}
