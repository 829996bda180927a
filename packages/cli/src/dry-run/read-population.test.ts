import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { parsePeriod } from '@tanxiao/contracts';
import { compilePlan, type FactorSet, type Rulebook } from '@tanxiao/rulebook';

import { comparedPopulation, readPopulation } from './read-population';

/** Of `test/src/support`, which lies outside of this project's sources. */
interface TestSupport {
  shapesDocuments: (edit?: (text: string) => string) => {
    rulebook: Rulebook;
    factorSet: FactorSet;
  };
}
const { shapesDocuments } = jest.requireActual<TestSupport>(
  '../../../../test/src/support/shapes-rulebook',
);
const PERIOD = parsePeriod('2024')!;
const OLD = '{ code: old, title: { zh: 老厂, en: Old } }';

const { rulebook: before, factorSet } = shapesDocuments();
/** One option more, in front of the others; one under another title. */
const { rulebook: after } = shapesDocuments((text) =>
  text
    .replace(`options: [${OLD}`, `options: [{ code: green, title: { zh: 绿, en: Green } }, ${OLD}`)
    .replace(
      '{ code: new, title: { zh: 新厂, en: New } }',
      '{ code: new, title: { zh: 新建, en: Built } }',
    )
    .replace('shares: { old:', 'shares: { green: { value: 1, source: book, status: assumed }, old:')
    .replace(
      '      - { key: old, values',
      '      - { key: green, values: [{ from: "2021-01-01", value: 1, source: book, status: assumed }] }\n      - { key: old, values',
    ),
);
const planOf = (rulebook: Rulebook) => compilePlan(rulebook, factorSet, PERIOD);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tanxiao-population-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(kinds: readonly string[]) {
  const file = path.join(folder, 'in.csv');
  const rows = kinds.map((kind, n) => `f${n},330502,any,1711,${kind},no,100,100`);
  await writeFile(
    file,
    [
      'local_id,region_code,industry_classification,industry_code,kind,violation,energy,output',
      ...rows,
    ].join('\n'),
  );
  return readPopulation({ file, before, after, planBefore: () => planOf(before), period: PERIOD });
}

test('an option of either version, by code or title, is accepted, and each version takes its own', async () => {
  const file = await read(['old', '新厂', 'green', '绿', '新建', 'Built']);
  expect(file.rejected).toEqual([]);
  const plans = { before: planOf(before), after: planOf(after) };
  const population = comparedPopulation(file, plans);
  const kinds = (side: 'before' | 'after'): string[] =>
    file.rows.map((_, i) => {
      const value = population[side].population.subject(i).inputs[0];
      return plans[side].inputs[0]!.options![value!]!.code;
    });
  // Without an option "green" the version before takes it as missing, and that counts as old there.
  expect(kinds('before')).toEqual(['old', 'new', 'old', 'old', 'new', 'new']);
  expect(kinds('after')).toEqual(['old', 'new', 'green', 'green', 'new', 'new']);
});

test('an option of neither version is refused with those of both', async () => {
  const { rejected } = await read(['old', 'blue']);
  expect(rejected[0]?.issues[0]).toMatchObject({
    code: 'unknown-option',
    params: { options: expect.stringContaining('green (绿)') as string },
  });
});
