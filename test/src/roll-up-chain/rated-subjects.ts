/** Subjects given by name, rated as one population, as a roll-up takes their ratings. */
import { parsePeriod } from '@tanxiao/contracts';
import { benchmarksOf, type LowerRating, type Plan, Population, rate } from '@tanxiao/rulebook';
import { loadStandards } from '@tanxiao/standards';

export interface NamedSubject {
  readonly regionCode: string;
  readonly industryCode: string;
  /** Options by their codes; what is left out is not submitted. */
  readonly inputs: Readonly<Record<string, number | string | null>>;
}

export function planOf(rulebookId: string, period: string): Plan {
  return loadStandards().plan(rulebookId, parsePeriod(period)!)!;
}

export function ratedSubjects(plan: Plan, subjects: readonly NamedSubject[]): LowerRating[] {
  const population = new Population(plan, subjects.length);
  for (const subject of subjects)
    population.add({
      regionCode: subject.regionCode,
      industryClassification: 'gbt4754-2017',
      industryCode: subject.industryCode,
      inputs: inputsOf(plan, subject),
    });
  const ratings = rate(plan, population, benchmarksOf(plan, population));
  return subjects.map(({ inputs }, i) => {
    const { outcome, values, bands } = ratings.columns(i);
    return {
      rulebookId: plan.rulebook.id,
      outcome,
      results: Object.fromEntries(plan.results.map(({ name }, r) => [name, values[r] ?? null])),
      gradings: Object.fromEntries(
        plan.gradings.map((grading, g) => {
          const band = bands[g] ?? null;
          return [grading.name, band === null ? null : grading.bands[band]!.code];
        }),
      ),
      inputs: Object.fromEntries(
        Object.entries(inputs).flatMap(([name, value]) =>
          typeof value === 'string' ? [] : [[name, value] as const],
        ),
      ),
    };
  });
}

/** @throws RangeError where a name is none of the plan's: a test would else rate less than it says */
function inputsOf(plan: Plan, { inputs }: NamedSubject): (number | null)[] {
  const unknown = Object.keys(inputs).filter((name) => !plan.inputs.some((i) => i.name === name));
  if (unknown.length > 0) throw new RangeError(`no such inputs: ${unknown.join(', ')}`);
  return plan.inputs.map(({ name, options }) => {
    const value = inputs[name] ?? null;
    if (typeof value !== 'string') return value;
    return options!.findIndex(({ code }) => code === value);
  });
}
