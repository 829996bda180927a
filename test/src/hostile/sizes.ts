/** Hostile sizes: thousands of everything, values that double at each step, and circles through every reference. */
import type { RulebookDocument } from '@tanxiao/rulebook';

import { changed, type Documents, type HostileCase, put } from './hostile-case';

type Calculation = RulebookDocument['calculations'][number];
type Parameter = RulebookDocument['parameters'][number];

const TEXT = { zh: '名', en: 'name' };

const calculation = (name: string, formula: string, unit = '1'): Calculation => ({
  name,
  title: TEXT,
  unit,
  formula,
  source: 'changxing',
  clause: 'x',
});

const parameter = (name: string, value: number): Parameter => ({
  name,
  title: TEXT,
  unit: '1',
  values: [{ from: '2021-01-01', value, source: 'project', status: 'assumed' }],
});

const series = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** A sum or product as deep as a tree, since a formula nests at most 60 deep. */
function balanced(operator: string, parts: readonly string[]): string {
  if (parts.length === 1) return parts[0]!;
  const half = Math.ceil(parts.length / 2);
  return `(${balanced(operator, parts.slice(0, half))}${operator}${balanced(operator, parts.slice(half))})`;
}

const times = (count: number, part: string): string[] => Array<string>(count).fill(part);

/** Calculations that a result column shows, so that their size matters to the last step. */
function withCalculations(
  { rulebook }: Pick<Documents, 'rulebook'>,
  count: number,
  formula: (i: number) => string,
  guard = false,
): void {
  const names = series(count).map((i) => `c${i}`);
  rulebook.inputs.push({ name: 'x', title: TEXT, unit: '1', missing: { value: 1 } });
  rulebook.inputs.push({ name: 'y', title: TEXT, unit: '1', minimum: 0, missing: { value: 1 } });
  rulebook.calculations.push(...names.map((name, i) => calculation(name, formula(i))));
  rulebook.results.columns.push({ name: names.at(-1)!, decimals: 4 });
  rulebook.checks.push({ code: 'all-read', require: 'x + y >= x', message: TEXT });
  if (guard)
    rulebook.notRated.push({
      reason: 'x-zero',
      message: TEXT,
      when: 'x == 0 or y == 0',
      withholds: names,
    });
}

const FORMULAS: Readonly<Record<string, (i: number) => string>> = {
  squares: (i) => (i === 0 ? 'x * y' : `c${i - 1} * c${i - 1}`),
  doubles: (i) => (i === 0 ? 'x' : `c${i - 1} + c${i - 1}`),
  'a product ever longer': (i) => (i === 0 ? 'x' : `c${i - 1} * x`),
  'squares with a sum': (i) => (i === 0 ? 'x' : `c${i - 1} * c${i - 1} + y`),
  quotients: (i) => (i === 0 ? 'x' : `x / (c${i - 1} + y)`),
  'quotients of quotients': (i) => (i === 0 ? 'x / y' : `c${i - 1} / (x + c${i - 1} * y)`),
  'sums of unlike quotients': (i) => (i === 0 ? 'x / y' : `c${i - 1} + x / (y + c${i - 1})`),
  'all before': (i) =>
    i === 0
      ? 'x'
      : balanced(
          '+',
          series(Math.min(i, 200)).map((j) => `c${i - 1 - j}`),
        ),
  'five hundred parts': () => balanced('+', times(245, 'x')),
  'five hundred factors': () => balanced('*', times(245, 'x')),
  'sixty quotients': (i) => balanced('+', times(60, `(x / (y + ${i % 2}))`)),
  'a factor that is one': (i) => (i === 0 ? 'x' : `c${i - 1} * 1 / 1`),
};

/** The greatest is beyond what a rulebook may hold; up to 490 the values alone decide. */
const COUNTS = [2, 3, 4, 5, 6, 8, 12, 20, 40, 120, 490, 5000];

function growing(): (() => HostileCase)[] {
  return Object.entries(FORMULAS).flatMap(([name, formula]) =>
    COUNTS.map(
      (count) => () =>
        changed('growth', `${name}, ${count}`, (documents) =>
          withCalculations(documents, count, formula, true),
        ),
    ),
  );
}

/** Sums over peers of values whose denominators have nothing in common. */
function peersOfQuotients({ rulebook }: Documents): void {
  withCalculations({ rulebook }, 1, () => 'x / y', true);
  rulebook.peers[0]!.numerator = 'c0';
  rulebook.peers[0]!.unit = '1/10k_cny';
  rulebook.calculations.find((c) => c.name === 'carbon_efficiency_ratio')!.formula =
    'carbon_intensity / carbon_intensity';
}

function manyMembers(count: number, families: number): (documents: Documents) => void {
  return ({ rulebook }) => {
    for (let f = 0; f < families; f++)
      rulebook.families.push({
        name: `family${f}`,
        title: TEXT,
        source: 'project',
        missing: { value: 0 },
        members: series(count).map((i) => ({
          code: `${1000 + i}`,
          title: TEXT,
          unit: '1',
          informative: true,
        })),
      });
  };
}

/** One family read by totals of totals: a formula of 2,000 characters stands for tens of thousands of terms. */
function manyTotals(formulas: number): (documents: Documents) => void {
  return (documents) => {
    const { rulebook } = documents;
    manyMembers(200, 1)(documents);
    for (const member of rulebook.families[1]!.members) delete member.informative;
    rulebook.sets.push({ name: 's', of: 'family0', from: '0', to: '9' });
    withCalculations(documents, formulas, () => balanced('+', times(100, 'total(s,family0)')));
  };
}

const MANY: Readonly<Record<string, (documents: Documents) => void>> = {
  'a thousand parameters': ({ rulebook }) =>
    rulebook.parameters.push(...series(990).map((i) => parameter(`p${i}`, i))),
  'thousands of parameters': ({ rulebook }) =>
    rulebook.parameters.push(...series(8000).map((i) => parameter(`p${i}`, i))),
  'thousands of dates': ({ rulebook }) => {
    rulebook.parameters[0]!.values = series(9000).map((i) => ({
      from: new Date(Date.UTC(2021, 0, 1 + i)).toISOString().slice(0, 10),
      value: 0.1,
      source: 'project',
      status: 'assumed' as const,
    }));
  },
  'thousands of dates and hundreds of gradings': ({ rulebook }) => {
    rulebook.parameters[0]!.values = series(6000).map((i) => ({
      from: new Date(Date.UTC(2021, 0, 1 + i)).toISOString().slice(0, 10),
      value: 0.1,
      source: 'project',
      status: 'assumed' as const,
    }));
    const grading = rulebook.gradings[0]!;
    rulebook.gradings.push(
      ...series(500).map((i) => ({ ...structuredClone(grading), name: `g${i}` })),
    );
  },
  'thousands of inputs': ({ rulebook }) =>
    rulebook.inputs.push(
      ...series(8000).map((i) => ({
        name: `i${i}`,
        title: TEXT,
        unit: '1',
        missing: { value: 0 },
      })),
    ),
  'hundreds of members': manyMembers(160, 3),
  'thousands of members': manyMembers(200, 60),
  'a family of thousands': manyMembers(8000, 1),
  'thousands of factors': (documents) => {
    manyMembers(200, 1)(documents);
    documents.rulebook.factors.push(
      ...series(5000).map((i) => ({
        name: `f${i}`,
        title: TEXT,
        quantity: 'emission',
        for: 'family0',
        exclude: [],
        missing: { notRated: 'no-energy' },
      })),
    );
  },
  'a factor of a thousand parts': ({ factorSet }) => {
    const part = {
      name: 'part',
      title: TEXT,
      value: 999999999999999,
      unit: '1',
      source: Object.keys(factorSet.sources)[0]!,
      status: 'assumed',
    };
    put(
      factorSet,
      ['factors', 0, 'product'],
      series(20).map(() => part),
    );
  },
  'a factor of tiny parts': ({ factorSet }) => {
    const part = {
      name: 'part',
      title: TEXT,
      value: 1e-15,
      over: 999999999999999,
      unit: '1',
      source: Object.keys(factorSet.sources)[0]!,
      status: 'assumed',
    };
    put(
      factorSet,
      ['factors', 0, 'product'],
      series(20).map(() => part),
    );
  },
  'a total': manyTotals(1),
  'a few totals': manyTotals(3),
  'hundreds of totals': manyTotals(300),
  'thirty-one reasons': ({ rulebook }) =>
    rulebook.notRated.push(
      ...series(24).map((i) => ({
        reason: `r${i}`,
        message: TEXT,
        when: 'benchmark <= 0',
        withholds: ['carbon_efficiency_ratio'],
      })),
    ),
  'thirty reasons': ({ rulebook }) =>
    rulebook.notRated.push(
      ...series(30 - rulebook.notRated.length).map((i) => ({
        reason: `r${i}`,
        message: TEXT,
        when: 'revenue_10k_cny <= 0',
        withholds: ['carbon_efficiency_ratio'],
      })),
    ),
  'a reason that withholds the same thousands of times': ({ rulebook }) => {
    rulebook.notRated.find((rule) => rule.reason === 'no-energy')!.withholds = series(30_000).map(
      () => 'carbon_intensity',
    );
  },
  ...Object.fromEntries(
    [100, 128, 300].map((count) => [
      `${count} bands`,
      ({ rulebook }: Documents) => {
        rulebook.parameters.push(...series(count).map((i) => parameter(`limit${i}`, (i + 1) / 10)));
        rulebook.gradings[0]!.bands = series(count).map((i) => ({
          code: `B${i}`,
          title: TEXT,
          ...(i === count - 1 ? {} : { atMost: `limit${i}` }),
        }));
      },
    ]),
  ),
  'thousands of groups of peers': ({ rulebook }) => {
    rulebook.peers[0]!.groups = series(5000).map((i) => ({
      level: `l${i}`,
      title: TEXT,
      industryDigits: 4,
      region: 'city' as const,
    }));
  },
  'groups of the same level': ({ rulebook }) => {
    rulebook.peers[0]!.groups = (['county', 'city', 'province', 'all'] as const).map((region) => ({
      level: 'same',
      title: TEXT,
      industryDigits: 2,
      region,
    }));
  },
  'groups divided by thousands of choices': ({ rulebook }) => {
    rulebook.peers[0]!.groups[0]!.by = series(5000).map((i) => `choice${i}`);
  },
  'groups divided by a quantity and by prototypes': ({ rulebook }) => {
    rulebook.peers[0]!.groups[0]!.by = ['revenue_10k_cny', 'constructor'];
  },
  'the same column twice': ({ rulebook }) =>
    rulebook.results.columns.push(structuredClone(rulebook.results.columns[0]!)),
  'thousands of checks': ({ rulebook }) =>
    rulebook.checks.push(
      ...series(6000).map((i) => ({
        code: `k${i}`,
        require: 'revenue_10k_cny > 0',
        message: TEXT,
      })),
    ),
  'a unit that multiplies': ({ rulebook }) => {
    rulebook.inputs[0]!.unit = Array<string>(200_000).fill('t').join('*');
    rulebook.calculations[0]!.formula = Array<string>(100).fill('revenue_10k_cny').join('*');
  },
  'a unit hostile to a regular expression': ({ rulebook }) => {
    rulebook.inputs[0]!.unit = `${'a'.repeat(400_000)}!`;
  },
  'thousands of problems': ({ rulebook }) => {
    rulebook.calculations = series(5000).map((i) => calculation(`c${i}`, 'unknown_name + other'));
  },
  'a label of thousands': ({ rulebook }) =>
    put(
      rulebook,
      ['label', 'of'],
      series(10_000).map(() => 'carbon_efficiency_grade'),
    ),
  'examples of thousands': ({ rulebook }) => {
    rulebook.examples = series(2000).map(() => ({
      title: TEXT,
      period: '../../x',
      regionCode: '330502',
      industryCode: '1751',
      inputs: { constructor: 1, x: 1e308 },
      expect: { outcome: 'rated' as const },
    }));
  },
};

/** Each closes a circle through another kind of reference. */
const CIRCLES: Readonly<Record<string, (documents: Documents) => void>> = {
  itself: (d) => withCalculations(d, 1, () => 'c0 + x'),
  'two calculations': (d) => withCalculations(d, 2, (i) => `c${1 - i} + x`),
  'thousands of calculations': (d) => withCalculations(d, 3000, (i) => `c${(i + 1) % 3000} + x`),
  'each with each': (d) =>
    withCalculations(d, 150, () =>
      balanced(
        '+',
        series(150).map((j) => `c${j}`),
      ),
    ),
  onlyIf: (d) => {
    withCalculations(d, 2, (i) => (i === 0 ? 'x' : 'c0'));
    d.rulebook.calculations.find((c) => c.name === 'c0')!.onlyIf = 'c1 > 0';
  },
  when: (d) => {
    withCalculations(d, 1, () => 'x');
    d.rulebook.notRated.push({ reason: 'r', message: TEXT, when: 'c0 > 0', withholds: ['c0'] });
  },
  peers: ({ rulebook }) => {
    rulebook.peers[0]!.numerator = 'carbon_efficiency_ratio';
  },
  'its own peers': ({ rulebook }) => {
    rulebook.peers[0]!.denominator = 'benchmark';
  },
  'members of peers': ({ rulebook }) => {
    rulebook.peers[0]!.members = 'benchmark > 0';
  },
  'minimum of peers': ({ rulebook }) => {
    rulebook.peers[0]!.minimumPeers = 'benchmark';
  },
  'a limit': ({ rulebook }) => {
    rulebook.gradings[0]!.bands[0]!.atMost = 'carbon_efficiency_ratio';
  },
  'a total of a total': (d) => {
    d.rulebook.sets.push({ name: 's', of: 'carrier', from: '0', to: '99' });
    withCalculations(d, 1, () => 'total(s, total(s, carrier))');
  },
  'a set of a set': ({ rulebook }) =>
    rulebook.sets.push({ name: 's', of: 's', from: '0', to: '99' }),
  'a family of factors': ({ rulebook }) => {
    rulebook.factors[0]!.for = 'emission_factor';
  },
};

export function hostileSizes(): readonly (() => HostileCase)[] {
  return [
    ...growing(),
    ...Object.entries(MANY).map(
      ([name, change]) =>
        () =>
          changed('sizes', name, change),
    ),
    () => changed('growth', 'peers of quotients', peersOfQuotients),
    ...Object.entries(CIRCLES).map(
      ([name, change]) =>
        () =>
          changed('circles', `through ${name}`, change),
    ),
  ];
}
