/** What the benchmark's figures rest on: all ways rate the same subjects to the same outcomes. */
import { parsePeriod } from '@tanxiao/contracts';
import { evaluateExactly } from '@tanxiao/rulebook';
import { loadStandards } from '@tanxiao/standards';

import { citySubjects } from './city-subjects';
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
import { compared, referenceOf } from './outcome';
import { zenContestants } from './zen-contestants';

const SUBJECTS = 500;
const PERIOD = parsePeriod('2026Q3')!;
const plan = loadStandards().plan('industrial-carbon-efficiency', PERIOD)!;
const city = citySubjects(plan, SUBJECTS);
const reference = referenceOf(city, SUBJECTS);
const formulas = formulaTexts(plan, '330000');

async function expectSame(contestants: readonly Contestant[]): Promise<void> {
  for (const contestant of contestants) {
    await contestant.run();
    const { name } = contestant;
    const { compared: count, differences } = await compared(plan, reference, contestant);
    expect({ name, count, differences }).toEqual({
      name,
      count: SUBJECTS - reference.near,
      differences: 0,
    });
  }
}

describe('every way comes to the referee’s outcome of every subject that is not near a bound', () => {
  it('ours and the floor', () =>
    expectSame([
      bareKernel(city, { count: SUBJECTS, repeats: 1, zeros: 'marked' }),
      bareKernel(city, { count: SUBJECTS, repeats: 1, zeros: 'unmarked' }),
      populationsOf(200, city),
      subjectBySubject(city),
      populationOfOne(city),
      referee(city),
      refereeWithTrace(city),
      handWrittenLoop(city),
    ]));

  it('mathjs', () => expectSame(mathjsContestants(city, formulas)));

  it('json-rules-engine', () => expectSame([jsonRulesContestant(city)]));

  it('@gorules/zen-engine, where its native code loads', async () => {
    const zen = await zenContestants(city, formulas);
    if ('contestants' in zen) await expectSame(zen.contestants);
    else console.warn(`skipped: ${zen.unavailable}`);
  });
});

it('the made cities hold rated subjects of every grade, and unrated ones', () => {
  const grades = new Set(reference.texts.flatMap((text) => (text ? [text.at(-1)] : [])));
  expect(grades).toEqual(new Set(['-', '0', '1', '2', '3', '4']));
});

it('a difference is counted and changes the checksum', async () => {
  const honest = populationsOf(SUBJECTS, city);
  await honest.run();
  const wrong: Contestant = {
    ...honest,
    outcome: async (i) => ({ ...(await honest.outcome(i)), ...(i === 7 && { carbon_level: 9 }) }),
  };
  const [good, bad] = [
    await compared(plan, reference, honest),
    await compared(plan, reference, wrong),
  ];
  expect(bad.differences).toBe(1);
  expect(bad.checksum).not.toBe(good.checksum);
});

it.each([5, 100])('a made rulebook of %d indicators is graded as the referee grades it', (n) => {
  const growing = growingRun(n, {
    subjects: 200,
    factorSet: loadStandards().factorSets[0]!,
    period: PERIOD,
  });
  growing.run();
  const { plan: made, inputs, output } = growing;
  const bands = [...output.bands[0]!];
  const exact = bands.map(
    (_, i) =>
      evaluateExactly(made, {
        regionCode: '330502',
        industryClassification: '',
        industryCode: '',
        inputs: inputs.map((column) => column[i]!),
        statistics: [],
      }).columns.bands[0],
  );
  const certain = bands.map((band, i) => (output.refer[i] === 1 ? exact[i] : band));
  expect(certain).toEqual(exact);
  expect(new Set(exact).size).toBeGreaterThan(1);
});
