/**
 * Speed of the rule engine: `npm run bench:rules -- [SUBJECTS] [ROUNDS]` (after `npm run build`). On one core, over the
 * same made subjects: ours, a hand-written floor, and other engines with the same formulas. Prints its figures; exits
 * with 1 where two ways come to different outcomes.
 */
import os from 'node:os';

import { parsePeriod } from '@tanxiao/contracts';
import { loadStandards } from '@tanxiao/standards';

import { type CitySubjects, citySubjects } from './city-subjects';
import type { Contestant } from './contestant';
import {
  bareKernel,
  populationOfOne,
  populationsOf,
  referee,
  refereeWithTrace,
  subjectBySubject,
} from './engine-contestants';
import { formulaTexts } from './formula-text';
import { growingRun } from './growing-rulebook';
import { handWrittenLoop } from './hand-written';
import { jsonRulesContestant } from './json-rules-contestant';
import { mathjsContestants } from './mathjs-contestants';
import { compared, type Reference, referenceOf } from './outcome';
import { race, type RaceLength, type Timing } from './race';
import { statisticsContestants } from './statistics-contestants';
import { zenContestants } from './zen-contestants';

const RULEBOOK = 'industrial-carbon-efficiency';
const PERIOD = parsePeriod('2026Q3')!;
const ZHEJIANG = '330000';
const BATCHES = [1_000, 10_000];
const IN_CACHE = 1_000;
const CHUNK = 10_000;
const COMPARED = 5_000;
const INDICATORS = [5, 25, 50, 100];
const GROWING_SUBJECTS = 20_000;

async function main(subjects: number, rounds: number): Promise<boolean> {
  const length = { rounds, warmUpMs: 500 };
  told(machine());
  const plan = loadStandards().plan(RULEBOOK, PERIOD)!;
  const city = citySubjects(plan, subjects);
  const bytes = plan.inputs.length * 8 * subjects;
  told(
    `${RULEBOOK} ${plan.rulebook.version}, ${PERIOD.id}: ${subjects} made subjects × ${plan.inputs.length} inputs, ` +
      `${(bytes / 2 ** 20).toFixed(0)} MiB of columns; best and median of ${rounds} rounds`,
  );
  const kernel = bareKernel(city, { count: subjects, repeats: 1, zeros: 'marked' });
  const contestants: Contestant[] = [
    kernel,
    bareKernel(city, { count: subjects, repeats: 1, zeros: 'unmarked' }),
    bareKernel(city, {
      count: IN_CACHE,
      repeats: Math.ceil(subjects / IN_CACHE),
      zeros: 'marked',
    }),
    ...[...BATCHES.filter((size) => size < subjects), subjects].map((size) =>
      populationsOf(size, city),
    ),
    subjectBySubject(city),
    populationOfOne(city),
    referee(city),
    refereeWithTrace(city),
    handWrittenLoop(city),
    ...(await competitors(city)),
  ];
  const timings = await race(contestants, length);
  toldTimings(contestants, timings);
  told(`blocks of columns that are all zeros: ${zeroShare(city)} %`);
  const referred = kernel.refer();
  told(
    `to the referee: ${referred} of ${subjects} subjects (${((100 * referred) / subjects).toFixed(3)} %)`,
  );
  const agreed = await toldOutcomes(city, contestants);
  await toldStatistics(city, length);
  await toldGrowth(length);
  told(`load at the end: ${loads()}`);
  return agreed;
}

/** Per cent of what a kernel would read of its inputs that is known to be zeros. */
function zeroShare({ population }: CitySubjects): string {
  const marks = population.kernelInput([]).used.flatMap((blocks) => [...blocks]);
  return ((100 * marks.filter((mark) => mark === 0).length) / marks.length).toFixed(0);
}

async function competitors(city: CitySubjects): Promise<Contestant[]> {
  const formulas = formulaTexts(city.plan, ZHEJIANG);
  const zen = await zenContestants(city, formulas);
  if ('unavailable' in zen) told(`left out: @gorules/zen-engine does not load: ${zen.unavailable}`);
  return [
    ...('contestants' in zen ? zen.contestants : []),
    ...mathjsContestants(city, formulas),
    jsonRulesContestant(city),
  ];
}

function toldTimings(contestants: readonly Contestant[], timings: readonly Timing[]): void {
  const best = (kind: Contestant['kind']): number =>
    Math.max(...contestants.map((one, i) => (one.kind === kind ? timings[i]!.bestPerSecond : 0)));
  const rivals = (['rule engine', 'formulas', 'floor'] as const).map(best);
  told('');
  told(row(['', 'best/s', 'median/s', 'cores', '× rule engine', '× mathjs', '× floor']));
  contestants.forEach(({ name }, i) => {
    const { bestPerSecond, medianPerSecond, cores } = timings[i]!;
    told(
      row([
        name,
        grouped(bestPerSecond),
        grouped(medianPerSecond),
        cores.toFixed(2),
        ...rivals.map((rival) => times(bestPerSecond / rival)),
      ]),
    );
  });
  told(
    '×: best by best, of the fastest rule engine, of mathjs at its fastest, of the hand-written loops',
  );
}

function times(ratio: number): string {
  return ratio >= 100 ? ratio.toFixed(0) : ratio.toPrecision(2);
}

async function toldOutcomes(
  city: CitySubjects,
  contestants: readonly Contestant[],
): Promise<boolean> {
  const reference = referenceOf(city, Math.min(COMPARED, city.subjects.length));
  told('');
  told(
    `outcomes against the referee; ${reference.near} of ${reference.subjects} subjects are left out, within 1e-11 of a bound or tie`,
  );
  let agreed = true;
  for (const contestant of contestants)
    agreed = (await toldComparison(city, reference, contestant)) && agreed;
  return agreed;
}

async function toldComparison(
  { plan }: CitySubjects,
  reference: Reference,
  contestant: Contestant,
): Promise<boolean> {
  const { compared: count, differences, checksum } = await compared(plan, reference, contestant);
  told(
    `  ${contestant.name.padEnd(54)}${count} compared, ${differences} differences, checksum ${checksum}`,
  );
  return differences === 0;
}

async function toldStatistics(city: CitySubjects, length: RaceLength): Promise<void> {
  const runners = statisticsContestants(city, CHUNK);
  const timings = await race(runners, length);
  told('');
  told(row(['before rating', 'best/s', 'median/s', 'cores']));
  runners.forEach(({ name }, i) => {
    const { bestPerSecond, medianPerSecond, cores } = timings[i]!;
    told(row([name, grouped(bestPerSecond), grouped(medianPerSecond), cores.toFixed(2)]));
  });
}

async function toldGrowth(length: RaceLength): Promise<void> {
  const factorSet = loadStandards().factorSets[0]!;
  const runs = INDICATORS.map((indicators) =>
    growingRun(indicators, { subjects: GROWING_SUBJECTS, factorSet, period: PERIOD }),
  );
  const timings = await race(runs, length);
  told('');
  told(row(['indicators (kernel alone)', 'best/s', 'median/s', 'ns/indicator', 'referred', '']));
  runs.forEach(({ indicators, subjects, output }, i) => {
    const { bestPerSecond, medianPerSecond } = timings[i]!;
    const referred = output.refer.reduce((sum, flag) => sum + flag, 0);
    told(
      row([
        String(indicators),
        grouped(bestPerSecond),
        grouped(medianPerSecond),
        (1e9 / bestPerSecond / indicators).toFixed(1),
        `${((100 * referred) / subjects).toFixed(2)} %`,
        '',
      ]),
    );
  });
}

function machine(): string {
  return `${os.cpus().length} × ${os.cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}, load ${loads()}`;
}

function loads(): string {
  return os
    .loadavg()
    .map((load) => load.toFixed(2))
    .join(' ');
}

function grouped(value: number): string {
  return Math.round(value).toLocaleString('en');
}

function row([name, ...cells]: readonly string[]): string {
  return `${name!.padEnd(54)}${cells.map((cell) => cell.padStart(15)).join('')}`.trimEnd();
}

function told(line: string): void {
  process.stdout.write(`${line}\n`);
}

main(Number(process.argv[2] ?? 100_000), Number(process.argv[3] ?? 15)).then(
  (agreed) => (process.exitCode = agreed ? 0 : 1),
  (error: unknown) => {
    process.stderr.write(
      `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exitCode = 1;
  },
);
