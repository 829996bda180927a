import { Readable } from 'node:stream';

import { issueTexts } from '@tanxiao/contracts';
import { formOf, openSheet, type Sheet } from '@tanxiao/forms';
import { compilePlan, type FactorSet, type Rulebook } from '@tanxiao/rulebook';

import { rateFile } from './rated-file';
import { readYearBefore } from './year-before-file';

/** Of `test/src/support`, which lies outside of this project's sources. */
interface TestSupport {
  shapesDocuments(): { rulebook: Rulebook; factorSet: FactorSet };
}

const HEADER = 'local_id,region_code,industry_classification,industry_code,violation,energy,output';
const row = (id: string, energy: number): string => `${id},330502,any,1711,no,${energy},100`;

const { rulebook, factorSet } = jest
  .requireActual<TestSupport>('../../../../test/src/support/shapes-rulebook')
  .shapesDocuments();
const form = formOf(rulebook, (_, period) => compilePlan(rulebook, factorSet, period));

const sheet = (...lines: string[]): Promise<Sheet> =>
  openSheet(Readable.from([Buffer.from(lines.join('\n'))]), 'csv');

test('blanks are filled from the file of the year before, and what is stated otherwise is told', async () => {
  const before = await readYearBefore(
    form,
    await sheet(HEADER, row('a', 50), row('b', 50), row('c', -1)),
    { period: '2023' },
  );
  expect(before).toMatchObject({ rows: 3, rejected: 1 });
  expect(before.find({ scheme: 'local', code: 'a' }, '2025')).toBeNull();
  const file = await rateFile(
    form,
    await sheet(
      `${HEADER},energy_before`,
      ...[`${row('a', 100)},`, `${row('b', 100)},40`, `${row('c', 100)},`],
    ),
    { period: '2024', before },
  );
  const rows = [...file.rows()].flatMap((one) => (one.kind === 'accepted' ? [one] : []));
  expect(rows.map(({ rating }) => rating.rating.values[0])).toEqual([2, 2.5, 0]);
  expect(rows.map(({ warnings }) => warnings.length)).toEqual([0, 1, 0]);
  expect(issueTexts(rows[1]!.warnings[0]!).message).toEqual({
    zh: '“上年同期能耗”填了 40，而2023 填报所填为 50',
    en: '"Energy a year before" is 40, but the submission of 2023 has 50',
  });
  const [explained] = [...file.explanations('a')];
  expect(JSON.stringify(explained!.explanation)).toContain(
    'not submitted, taken from energy of the submission of 2023',
  );
});
