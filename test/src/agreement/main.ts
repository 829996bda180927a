/**
 * Compares kernel and referee on many generated subjects: `npm run agreement -- [SUBJECTS] [SEED]`.
 * Exits with 1 where a single one differs.
 */
import os from 'node:os';

import { parsePeriod } from '@tanxiao/contracts';
import { loadStandards } from '@tanxiao/standards';

import { compareKernelWithReferee } from './agreement';

const count = Number(process.argv[2] ?? 1_000_000);
const seed = Number(process.argv[3] ?? 20261122);
const standards = loadStandards();
const period = parsePeriod('2026Q3')!;
let differences = 0;

console.log(`${os.cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}, seed ${seed}`);
for (const { id } of standards.rulebooks) {
  const started = performance.now();
  const agreement = compareKernelWithReferee(standards.plan(id, period)!, count, seed);
  differences += agreement.differences.length;
  const percent = (n: number): string => `${((100 * n) / count).toFixed(2)} %`;
  console.log(
    `${id}: ${count} subjects, ${agreement.onOrBesideBounds} on or beside a bound (${percent(agreement.onOrBesideBounds)}), ` +
      `${agreement.rated} rated, ${agreement.refereed} refereed (${percent(agreement.refereed)}), ` +
      `${agreement.differences.length} differences, ${((performance.now() - started) / 1000).toFixed(1)} s`,
  );
  for (const difference of agreement.differences.slice(0, 5))
    console.log(JSON.stringify(difference));
}
process.exitCode = differences === 0 ? 0 : 1;
