/** Peer groups divided by a choice: who is compared with whom, and what the group is called. */
import fc from 'fast-check';

import { SHAPES_RULEBOOK, shapesPlan } from '../document/shapes.fixture';
import { explain } from '../explain/explain';
import { peerGroupKey, peerGroupTitle } from '../plan/peer-group';
import type { Plan } from '../plan/plan';
import { benchmarksOf } from '../statistics/benchmarks-of';
import type { Benchmark } from './benchmarks';
import { Population, type SubjectData } from './population';
import { rate } from './rate';
import { subjectRater } from './rate-one';

const ALL = '{ level: all, title: { zh: 全部, en: all }, industryDigits: 0, region: all }';
const LAST = SHAPES_RULEBOOK.lastIndexOf(ALL);

/** The median (`middle`) with groups of its own; at least two peers. */
function planWith(levels: string, change: (text: string) => string = (text) => text): Plan {
  const text = SHAPES_RULEBOOK.slice(0, LAST) + levels + SHAPES_RULEBOOK.slice(LAST + ALL.length);
  return shapesPlan(change(text));
}

const OF_KIND =
  '{ level: kind, title: { zh: 同类型, en: same kind }, by: [kind], industryDigits: 0, region: city }';
const OF_STATEMENT = OF_KIND.replace('by: [kind]', 'by: [violation]');
const byKind = planWith(`${OF_KIND}, ${ALL}`);
const byStatement = planWith(`${OF_STATEMENT}, ${ALL}`);

type Values = Readonly<Record<string, number | string | null>>;

/** A subject of class 1711 with 100 万元 of output: intensity is energy ÷ 100, of an old factory 0.8 of it. */
function subject(plan: Plan, values: Values, regionCode = '330502'): SubjectData {
  const all: Values = { kind: 'new', violation: 'no', output: 100, last_year: 1, ...values };
  return {
    ...{ regionCode, industryClassification: 'any', industryCode: '1711' },
    inputs: plan.inputs.map(({ name, options }) => {
      const value = all[name] ?? null;
      return typeof value === 'string' ? options!.findIndex(({ code }) => code === value) : value;
    }),
  };
}

interface Compared {
  readonly middle: number | null;
  /** Of the median. */
  readonly group: Benchmark | null;
}

/** Kernel, referee and the rater of one subject must say the same of everyone. */
function compare(plan: Plan, subjects: readonly SubjectData[]): Compared[] {
  const population = new Population(plan, subjects.length);
  for (const one of subjects) population.add(one);
  const table = benchmarksOf(plan, population);
  const ratings = rate(plan, population, table);
  const rateOne = subjectRater(plan, table);
  const statistic = plan.statistics.findIndex(({ name }) => name === 'middle');
  const result = plan.results.findIndex(({ name }) => name === 'middle');
  return subjects.map((one, i) => {
    const given = ratings.benchmarks(i);
    const known = given.filter((row): row is Benchmark => row !== null);
    expect(explain(plan, one, known).columns).toEqual(ratings.columns(i));
    expect(rateOne(one)).toEqual(ratings.columns(i));
    expect(table.find(statistic, one)?.row ?? null).toEqual(given[statistic]);
    return { middle: ratings.columns(i).values[result] ?? null, group: given[statistic] ?? null };
  });
}

test('each is compared with those that chose the same option', () => {
  const energies = [100, 300, 500];
  const subjects = ['old', 'new'].flatMap((kind) =>
    energies.map((energy) => subject(byKind, { kind, energy })),
  );
  const found = compare(byKind, subjects);
  expect(found.map(({ middle }) => middle)).toEqual([2.4, 2.4, 2.4, 3, 3, 3]);
  expect(found[0]!.group).toMatchObject({ groupKey: 'kind:@330500?kind=old', size: 3 });
});

test('an option with too few peers falls back to the next level, which all are in', () => {
  const found = compare(byKind, [
    subject(byKind, { kind: 'old', energy: 100 }),
    ...[200, 300].map((energy) => subject(byKind, { energy })),
  ]);
  // Alone among the old ones: median of 0.8, 2, 3.
  expect(found[0]).toMatchObject({ middle: 2, group: { groupKey: 'all:@', size: 3 } });
  expect(found[1]).toMatchObject({ middle: 2.5, group: { level: 'kind', size: 2 } });
});

test('a subject whose choice is unknown is in no group of the level and falls back', () => {
  const unknown = [100, 200, 300].map((energy) =>
    subject(byStatement, { violation: null, energy }),
  );
  const known = [400, 500].map((energy) => subject(byStatement, { energy }));
  const found = compare(byStatement, [...unknown, ...known]);
  expect(peerGroupKey(byStatement.statistics[1]!.groups[0]!, unknown[0]!)).toBeNull();
  expect(found[0]).toMatchObject({ middle: 4.5, group: { groupKey: 'all:@', size: 2 } });
  expect(found[3]).toMatchObject({ group: { groupKey: 'kind:@330500?violation=no', size: 2 } });
});

test('a choice left out counts as the option that the rulebook gives for it', () => {
  const found = compare(byKind, [
    subject(byKind, { kind: null, energy: 100 }),
    subject(byKind, { kind: 'old', energy: 300 }),
  ]);
  expect(found[0]!.group).toMatchObject({ groupKey: 'kind:@330500?kind=old', size: 2 });
});

test('another order of the options changes no key and no median', () => {
  const [old, now] = [
    '{ code: old, title: { zh: 老厂, en: Old } }',
    '{ code: new, title: { zh: 新厂, en: New } }',
  ];
  const turned = planWith(`${OF_KIND}, ${ALL}`, (text) =>
    text.replace(`${old}, ${now}`, `${now}, ${old}`),
  );
  expect(turned.inputs[0]!.options![0]!.code).toBe('new');
  const groups = (plan: Plan) =>
    compare(
      plan,
      ['old', 'old', 'new', 'new'].map((kind, i) => subject(plan, { kind, energy: 100 + i })),
    );
  expect(groups(turned)).toEqual(groups(byKind));
});

test('codes of options made of what codes may hold never share a key, and are read back', () => {
  const code = fc.stringMatching(/^[a-z0-9][a-z0-9_-]{0,31}$/);
  const level = byKind.statistics[1]!.groups[0]!;
  fc.assert(
    fc.property(fc.uniqueArray(code, { minLength: 2, maxLength: 6 }), (codes) => {
      const options = codes.map((one) => ({ code: one, title: { zh: `甲${one}`, en: one } }));
      const choice = (name: string, input: number) => ({ name, input, options, otherwise: null });
      const group = { ...level, by: [choice('a', 0), choice('a_b', 1)] };
      const place = { ...subject(byKind, {}), industryClassification: 'x?a=b@y' };
      const pairs = codes.flatMap((_, i) => codes.map((__, j) => [i, j]));
      const keys = pairs.map((inputs) => peerGroupKey(group, { ...place, inputs }));
      expect(new Set(keys).size).toBe(pairs.length);
      pairs.forEach(([i, j], k) =>
        expect(peerGroupTitle([group], { level: 'kind', groupKey: keys[k]! }).en).toBe(
          `same kind (${codes[i!]}, ${codes[j!]})`,
        ),
      );
    }),
    { numRuns: 100 },
  );
});

test('an explanation names the group by the title of its option, in both languages', () => {
  const subjects = [100, 300].map((energy) => subject(byKind, { energy }));
  const [{ group } = { group: null }] = compare(byKind, subjects);
  const { benchmarks } = explain(byKind, subjects[0]!, [group!]);
  expect(benchmarks[0]!.groupTitle).toEqual({ zh: '同类型（新厂）', en: 'same kind (New)' });
});

test('an option that the rulebook no longer has is named by its code', () => {
  const { groups } = byKind.statistics[1]!;
  expect(peerGroupTitle(groups, { level: 'kind', groupKey: 'kind:@330500?kind=gone' })).toEqual({
    zh: '同类型（gone）',
    en: 'same kind (gone)',
  });
});
