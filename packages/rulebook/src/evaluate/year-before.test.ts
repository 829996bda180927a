import { layoutOf } from '../document/input-layout';
import { parseRulebook } from '../document/rulebook';
import { SHAPES_RULEBOOK, shapesPlan } from '../document/shapes.fixture';
import { explain } from '../explain/explain';
import { differingFromYearBefore, type SubmissionBefore, withYearBefore } from './year-before';

const PLACE = { regionCode: '330502', industryClassification: 'any', industryCode: '1711' };
const plan = shapesPlan();

function inputs(of: Readonly<Record<string, number>>): (number | null)[] {
  return plan.inputs.map(({ name }) => of[name] ?? null);
}

const before = (of: Readonly<Record<string, number>>): SubmissionBefore => ({
  ...{ period: '2023', revision: 2, layout: layoutOf(plan.inputs) },
  inputs: inputs(of),
});

function explained(stated: Readonly<Record<string, number>>, then: SubmissionBefore | null) {
  const { lines } = explain(plan, { ...PLACE, ...withYearBefore(plan, inputs(stated), then) }, []);
  const line = lines.find(({ name }) => name === 'growth')!;
  const operand = line.operands.find(({ name }) => name === 'energy_before')!;
  return { growth: line.value, note: operand.note?.en ?? null };
}

test('what is left blank is what was submitted a year before, and the explanation says of which submission', () => {
  expect(explained({ energy: 150 }, before({ energy: 100 }))).toEqual({
    growth: '1.5',
    note: 'not submitted, taken from energy of the submission of 2023, revision 2',
  });
});

test('what is stated counts, and the explanation says where it differs', () => {
  const stated = { energy: 150, energy_before: 75 };
  expect(explained(stated, before({ energy: 100 }))).toEqual({
    growth: '2',
    note: 'submitted; note: energy of the submission of 2023, revision 2 is 100',
  });
  expect(explained(stated, before({ energy: 75 }))).toEqual({ growth: '2', note: null });
  const differs = withYearBefore(plan, inputs(stated), before({ energy: 100 }));
  expect(differingFromYearBefore(differs).map((k) => plan.inputs[k]!.name)).toEqual([
    'energy_before',
  ]);
  const same = withYearBefore(plan, inputs(stated), before({ energy: 75 }));
  expect(differingFromYearBefore(same)).toEqual([]);
});

test.each([
  ['no submission a year before', null],
  ['one that left it blank', before({ output: 1 })],
  ['one whose value the form would turn away', before({ energy: -1 })],
  ['one whose form had no such input', { ...before({}), layout: ['output'], inputs: [1] }],
])('with %s it is missing as the rulebook says', (_, then) => {
  expect(explained({ energy: 150 }, then)).toEqual({
    growth: '0',
    note: 'not submitted, the rulebook’s default counts',
  });
});

test('a year before, inputs may have stood in another order', () => {
  const other = { period: '2023', revision: 1, layout: ['output', 'energy'], inputs: [7, 50] };
  expect(explained({ energy: 150 }, other)).toMatchObject({ growth: '3' });
});

test('a choice is taken by its option, in whatever order these stood', () => {
  const withChoice = shapesPlan(
    SHAPES_RULEBOOK.replace(
      '  - { name: energy_before',
      '  - { name: kind_before, title: { zh: 上年类型, en: Kind before }, options: [{ code: new, title: { zh: 新厂, en: New } }, { code: old, title: { zh: 老厂, en: Old } }], yearBefore: { input: kind }, missing: { option: old } }\n  - { name: energy_before',
    )
      .replace('"energy_before > 0 ?', `'kind_before == "new" and energy_before > 0 ?`)
      .replace('energy_before : 0", source', `energy_before : 0', source`),
  );
  const at = withChoice.inputs.findIndex(({ name }) => name === 'kind_before');
  const blank = withChoice.inputs.map(() => null);
  const then = { period: '2023', revision: 1, layout: ['kind=old|new'], inputs: [1] };
  expect(withYearBefore(withChoice, blank, then).inputs[at]).toBe(0);
});

test.each([
  ['unknown-name', 'yearBefore: { input: energi }', 'energi'],
  ['unknown-name', 'yearBefore: { input: energy_before }', 'itself'],
  ['year-before-kind', 'yearBefore: { input: output }', 'a quantity in 10k_cny'],
  ['year-before-kind', 'yearBefore: { input: kind }', 'a choice of new, old'],
])('%s where a rulebook says %s', (code, written, named) => {
  const text = SHAPES_RULEBOOK.replace('yearBefore: { input: energy }', written);
  expect(() => parseRulebook(text, 'x.yaml')).toThrow(
    expect.objectContaining({
      problems: [
        expect.objectContaining({ code, message: expect.stringContaining(named) as string }),
      ],
    }) as Error,
  );
});
