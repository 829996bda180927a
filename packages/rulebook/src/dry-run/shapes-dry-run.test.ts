/** Dry runs of every shape of rule: several statistics, bounds either way, conditions, tables, choices. */
import { layoutOf } from '../document/input-layout';
import { SHAPES_RULEBOOK, shapesPlan } from '../document/shapes.fixture';
import { causeText } from './cause-text';
import type { DryRunSubject } from './compared-population';
import { comparedPlans, type DryRun, dryRun, type Mover } from './dry-run';
import { outcomeKey, REFUSED } from './outcome';
import { CHANGE_KINDS, type ChangeKind, Substitutions } from './substitution';
import { type Edit, edited, filled } from './trial.fixture';

/** Scores hardly decide here: stars go by `intensity <= middle`, the median of the intensities. */
const LOW_SCORES = edited(SHAPES_RULEBOOK, [
  [
    'value: 60, source: book, status: assumed }] }\n  - { name: fair_score',
    'value: 1, source: book, status: assumed }] }\n  - { name: fair_score',
  ],
  [
    'value: 30, source: book, status: assumed }] }\ncalculations:',
    'value: 0, source: book, status: assumed }] }\ncalculations:',
  ],
]);
const BEFORE = shapesPlan(LOW_SCORES);

const GOOD_SCORE: Edit = [
  'title: { zh: 良好, en: Good }, unit: "1", values: [{ from: "2021-01-01", value: 1,',
  'title: { zh: 良好, en: Good }, unit: "1", values: [{ from: "2021-01-01", value: 100,',
];
const LOWER_GOOD_SCORE: Edit = [GOOD_SCORE[0], GOOD_SCORE[0].replace('value: 1,', 'value: 0.5,')];
const MEAN_FOR_MEDIAN: Edit = ['statistic: median', 'statistic: mean'];
const STRICTLY_BELOW: Edit = ['when: intensity <= middle', 'when: intensity < middle'];
/** New factories' energy counts three times. */
const CORRECTION: Edit = [
  'key: new, values: [{ from: "2021-01-01", value: 1,',
  'key: new, values: [{ from: "2021-01-01", value: 3,',
];
const OPTIONS_SWAPPED: Edit = [
  'options: [{ code: old, title: { zh: 老厂, en: Old } }, { code: new, title: { zh: 新厂, en: New } }]',
  'options: [{ code: new, title: { zh: 新厂, en: New } }, { code: old, title: { zh: 老厂, en: Old } }]',
];

/** Energy of old factories counts 0.8, of new ones 1; output is 100. */
function factory(key: string, kind: 'old' | 'new', energy: number): DryRunSubject {
  const given: Readonly<Record<string, number>> = {
    kind: ['old', 'new'].indexOf(kind),
    violation: 0,
    energy,
    output: 100,
    functions: 9,
    last_year: 1,
  };
  return {
    key,
    regionCode: '330502',
    industryClassification: 'any',
    industryCode: '1711',
    layout: layoutOf(BEFORE.inputs),
    inputs: BEFORE.inputs.map(({ name }) => given[name] ?? null),
  };
}

/** Intensities 1, 2, 3, 4, 10: median 3, mean 4. */
const NEW = [1, 2, 3, 4, 10].map((n) => factory(String(n), 'new', 100 * n));
/** Intensities 1, 2, 4, 5 of old factories, 3 of the new one: median 3. */
const ONE_NEW = [
  ...[1, 2, 4, 5].map((n) => factory(String(n), 'old', 125 * n)),
  factory('new', 'new', 300),
];

function tried(edits: readonly Edit[], subjects: readonly DryRunSubject[]): DryRun {
  const plans = { before: BEFORE, after: shapesPlan(edited(LOW_SCORES, edits)) };
  return dryRun(comparedPlans(plans)!, filled(plans, subjects));
}

const told = ({ key, before, after }: Mover): string[] => [
  key,
  outcomeKey(before.outcome),
  outcomeKey(after.outcome),
];

test('a statistic of another measure moves whom its value lets through, and is named among several', () => {
  const movers = [...tried([MEAN_FOR_MEDIAN], NEW).movers()];
  expect(movers.map(told)).toEqual([['4', 'rated:fair', 'rated:good']]);
  expect(movers[0]!.causes).toMatchObject([
    {
      kind: 'benchmark',
      benchmarks: [
        { statistic: 'middle', changed: ['value'], before: { value: 3 }, after: { value: 4 } },
      ],
    },
  ]);
  expect(causeText(movers[0]!.causes[0]!).en).toBe('benchmark changed: Median 3 → 4');
});

test('a statistic decides beside a bound that would let nobody through by itself', () => {
  const movers = [...tried([MEAN_FOR_MEDIAN, LOWER_GOOD_SCORE], NEW).movers()];
  expect(movers.map(told)).toEqual([['4', 'rated:fair', 'rated:good']]);
  expect(movers[0]!.causes).toMatchObject([
    { kind: 'benchmark', sufficient: true, necessary: true },
  ]);
});

test('a raised lower bound moves those between who meet the band’s condition, and nobody else', () => {
  const movers = [...tried([GOOD_SCORE], NEW).movers()];
  expect(movers.map(told)).toEqual(['1', '2', '3'].map((key) => [key, 'rated:good', 'rated:fair']));
  expect(movers[0]!.causes).toMatchObject([
    {
      kind: 'limit',
      limits: [
        {
          band: 'good',
          before: { relation: '>=', value: '1' },
          after: { relation: '>=', value: '100' },
        },
      ],
    },
  ]);
  expect(causeText(movers[0]!.causes[0]!)).toEqual({
    zh: '界限变化：良好 ≥ 1 → ≥ 100',
    en: 'limit changed: good ≥ 1 → ≥ 100',
  });
});

test('a stricter condition of a band is told as it is written', () => {
  const movers = [...tried([STRICTLY_BELOW], NEW).movers()];
  expect(movers.map(told)).toEqual([['3', 'rated:good', 'rated:fair']]);
  expect(movers[0]!.causes).toMatchObject([
    {
      kind: 'formula',
      formulas: [{ name: 'star.good', before: 'intensity <= middle', after: 'intensity < middle' }],
    },
  ]);
});

/** Nobody meets either: functions are 9 of at most 12. */
const IDLE_CONDITION: Edit = [
  'atLeast: fair_score }',
  'atLeast: fair_score, when: functions >= all_functions }',
];
const GATE: Edit = [`violation == "no"'`, `violation == "no" and functions > all_functions'`];

test('of several changed conditions and gates only those that decide otherwise for the subject are told', () => {
  const formulasOf = (edits: readonly Edit[]): (string[] | null)[] =>
    [...tried(edits, NEW).movers()].map(({ causes }) =>
      causes.flatMap((cause) =>
        cause.kind === 'formula' && cause.decided ? cause.formulas.map(({ name }) => name) : [],
      ),
    );
  expect(formulasOf([STRICTLY_BELOW, IDLE_CONDITION, GATE])).toEqual([['star.good']]);
  const stricter: Edit = [GATE[0], `violation == "no" and functions > 100'`];
  // All fail the gate now; only the one at the median would have lost its star without it.
  expect(formulasOf([STRICTLY_BELOW, stricter])).toEqual([
    ['star.no-violation'],
    ['star.no-violation'],
    ['star.good', 'star.no-violation'],
    ['star.no-violation'],
    ['star.no-violation'],
  ]);
});

test('changes that cannot be told apart are all told, and so is that they cannot', () => {
  const cause = { alone: REFUSED, without: REFUSED, sufficient: true, necessary: true };
  const formula = { name: 'x', title: { zh: '甲', en: 'X' }, before: 'a', after: 'b' };
  const text = (decided: boolean): string =>
    causeText({ ...cause, kind: 'formula', formulas: [formula, formula], inputs: [], decided }).en;
  expect(text(false)).toContain('which of these it was cannot be told apart');
  expect(text(true)).not.toContain('cannot');
});

test('a bound and a condition that change together are told apart', () => {
  const [first, , third] = [...tried([STRICTLY_BELOW, GOOD_SCORE], NEW).movers()];
  expect(
    first!.causes.map(({ kind, sufficient, necessary }) => [kind, sufficient, necessary]),
  ).toEqual([['limit', true, true]]);
  // Either alone is enough for the factory at the median.
  expect(
    third!.causes.map(({ kind, sufficient, necessary }) => [kind, sufficient, necessary]),
  ).toEqual([
    ['limit', true, false],
    ['formula', true, false],
  ]);
});

test('a changed table moves those of its row by their own value, others by the median', () => {
  const movers = [...tried([CORRECTION], ONE_NEW).movers()];
  // 9 in place of 3: the median becomes 4.
  expect(movers.map(told)).toEqual([
    ['4', 'rated:fair', 'rated:good'],
    ['new', 'rated:good', 'rated:fair'],
  ]);
  expect(movers[0]!.causes.map(({ kind }) => kind)).toEqual(['benchmark']);
  expect(movers[1]!.causes[0]).toMatchObject({
    kind: 'parameter',
    sufficient: true,
    necessary: true,
    parameters: [{ name: 'correction', before: '1', after: '3' }],
  });
});

test('options in another order are the same options', () => {
  const run = tried([OPTIONS_SWAPPED], ONE_NEW);
  expect([...run.movers()]).toEqual([]);
  expect(run.counts.unchanged).toBe(ONE_NEW.length);
});

test('a value above a lowered maximum is refused', () => {
  const run = tried([['maximum: 12', 'maximum: 8']], NEW);
  const [first] = [...run.movers()];
  expect(first!.causes).toMatchObject([
    { kind: 'range', outOfRange: [{ name: 'functions', value: 9, minimum: 0, maximum: 8 }] },
  ]);
  expect(causeText(first!.causes[0]!).en).toContain('functions is 9, the maximum 8');
});

test('a grading of conditions only is compared, too', () => {
  const before = BEFORE;
  const after = shapesPlan(
    edited(LOW_SCORES, [['functions >= all_functions and', 'functions > 100 and']]),
  );
  const plans = { before, after };
  const movers = [...dryRun(comparedPlans(plans, 'step')!, filled(plans, NEW)).movers()];
  expect(movers.map(told)).toEqual(NEW.map(({ key }) => [key, 'rated:two', 'rated:one']));
  expect(movers[0]!.causes).toMatchObject([{ kind: 'formula', formulas: [{ name: 'step.two' }] }]);
});

test.each([
  ['statistic and bound', [MEAN_FOR_MEDIAN, GOOD_SCORE]],
  ['table, condition and bound', [CORRECTION, STRICTLY_BELOW, GOOD_SCORE]],
  ['everything', [CORRECTION, MEAN_FOR_MEDIAN, STRICTLY_BELOW, GOOD_SCORE, OPTIONS_SWAPPED]],
])(
  '%s: all changes in force end where the second version rates, none where the first does',
  (_, edits) => {
    const plans = { before: BEFORE, after: shapesPlan(edited(LOW_SCORES, edits)) };
    const compared = comparedPlans(plans)!;
    const population = filled(plans, ONE_NEW);
    const substitutions = new Substitutions(compared);
    const movers = [...dryRun(compared, population).movers()];
    expect(movers.length).toBeGreaterThan(0);
    for (const mover of movers) {
      const side = (name: 'before' | 'after') => ({
        inputs: population[name].population.subject(mover.index).inputs,
        benchmarks: mover[name].benchmarks,
      });
      const both = {
        place: population.identity(mover.index),
        before: side('before'),
        after: side('after'),
      };
      const outcome = (kinds: readonly ChangeKind[]) =>
        outcomeKey(substitutions.outcome(both, new Set(kinds)));
      expect(outcome([])).toBe(outcomeKey(mover.before.outcome));
      expect(outcome(CHANGE_KINDS)).toBe(outcomeKey(mover.after.outcome));
    }
  },
);
