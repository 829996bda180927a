/** Hostile optional inputs, totals over many families and parts of factors. */
import { changed, type Documents, type HostileCase, put } from './hostile-case';

const TEXT = { zh: '大', en: 'big' };
const series = (length: number): number[] => Array.from({ length }, (_, i) => i);

/** Families of optional quantities for the same codes, a set over them, and a calculation by that formula. */
function optionalFamilies(
  { rulebook }: Documents,
  of: { readonly families: number; readonly members: number; readonly formula: string },
): void {
  for (const f of series(of.families))
    rulebook.families.push({
      name: `measured${f}`,
      title: TEXT,
      source: 'project',
      missing: 'unknown',
      members: series(of.members).map((i) => ({ code: `${1000 + i}`, title: TEXT, unit: '1' })),
    });
  rulebook.sets.push({ name: 's', of: 'measured0', from: '0', to: '9' });
  rulebook.calculations.push({
    ...{ name: 'measured_total', title: TEXT, unit: '1', formula: of.formula },
    ...{ source: 'project', clause: '1' },
  });
  rulebook.results.columns.push({ name: 'measured_total', decimals: 4 });
}

/** `known(a) ? a : known(b) ? b : … : 0` over so many families. */
const firstKnown = (families: number): string =>
  `${series(families)
    .map((f) => `known(measured${f}) ? measured${f} : `)
    .join('')}0`;

/** The first factor as a product of twenty parts, the first half huge, the other tiny, read by the first half alone. */
function partsBeyondDoubles({ rulebook, factorSet }: Documents): void {
  const source = Object.keys(factorSet.sources)[0]!;
  const product = series(20).map((i) => ({
    ...{ name: `part${i}`, title: TEXT, unit: '1', source, status: 'assumed' },
    value: i < 10 ? 999_999_999_999_999 : 1e-15,
  }));
  put(factorSet, ['factors', 0, 'product'], product);
  put(
    rulebook,
    ['factors', 0, 'parts'],
    series(10).map((i) => `part${i}`),
  );
}

const CASES: Readonly<Record<string, (documents: Documents) => void>> = {
  'every carrier optional': ({ rulebook }) => {
    for (const family of rulebook.families) family.missing = 'unknown';
  },
  'a total of values all unguarded': (documents) =>
    optionalFamilies(documents, { families: 1, members: 40, formula: 'total(s, measured0)' }),
  'the first known of ten families': (documents) =>
    optionalFamilies(documents, {
      ...{ families: 10, members: 40 },
      formula: `total(s, ${firstKnown(10)})`,
    }),
  'a product of ten families': (documents) =>
    optionalFamilies(documents, {
      ...{ families: 10, members: 40 },
      formula: `total(s, ${series(10)
        .map((f) => `(known(measured${f}) ? measured${f} : 1)`)
        .join(' * ')})`,
    }),
  'more terms than there may be': (documents) =>
    optionalFamilies(documents, {
      ...{ families: 2, members: 200 },
      formula: series(15)
        .map(() => `total(s, ${firstKnown(2)})`)
        .join(' + '),
    }),
  'known of a known': (documents) =>
    optionalFamilies(documents, {
      ...{ families: 1, members: 2 },
      formula: 'total(s, known(known(measured0)) ? measured0 : 0)',
    }),
  'a family of other codes in a total': (documents) =>
    optionalFamilies(documents, {
      ...{ families: 1, members: 2 },
      formula: 'total(s, known(measured0) ? measured0 : carrier)',
    }),
  'parts whose product no double holds': partsBeyondDoubles,
  'parts of every object': ({ rulebook }) =>
    put(rulebook, ['factors', 0, 'parts'], ['constructor', '__proto__', 'length']),
  'no parts': ({ rulebook }) => put(rulebook, ['factors', 0, 'parts'], []),
  'the same part twice': ({ rulebook }) =>
    put(rulebook, ['factors', 0, 'parts'], ['net-calorific-value', 'net-calorific-value']),
  'factors of no member': ({ rulebook }) => put(rulebook, ['factors', 0, 'only'], ['none']),
};

export function hostileMeasuredValues(): readonly (() => HostileCase)[] {
  return Object.entries(CASES).map(
    ([name, change]) =>
      () =>
        changed('measured values', name, change),
  );
}
