/** Bands cover every value once: each but the last has a limit or a condition, and the limits run one way on every date. */
import type { DocumentPath, ProblemList } from './problems';
import type { RulebookDocument } from './schema';
import type { DatedNumber } from './schema-parts';

export type ParameterDocument = RulebookDocument['parameters'][number];
type GradingDocument = RulebookDocument['gradings'][number];
export type BandDocument = GradingDocument['bands'][number];

/** The one of dated numbers that holds on a day (ISO 8601): the last one that has begun. */
export function datedOn(values: readonly DatedNumber[], day: string): DatedNumber {
  let current = values[0]!;
  for (const value of values) if (value.from <= day) current = value;
  return current;
}

/** The value of a dated parameter on a day. */
export function parameterOn(parameter: ParameterDocument, day: string): DatedNumber {
  return datedOn(parameter.values, day);
}

export interface BandLimit {
  readonly name: string;
  readonly relation: '<=' | '<' | '>=' | '>';
}

/** Every limit that a band states; a sound one has one at most. */
export function limitsOf(band: BandDocument): readonly BandLimit[] {
  return (
    [
      ['<=', band.atMost],
      ['<', band.below],
      ['>=', band.atLeast],
      ['>', band.above],
    ] as const
  ).flatMap(([relation, name]) => (name === undefined ? [] : [{ name, relation }]));
}

export function checkBands(document: RulebookDocument, problems: ProblemList): void {
  const limitNames = new Set(
    [...document.parameters, ...document.tables, ...document.calculations, ...document.peers].map(
      ({ name }) => name,
    ),
  );
  const parameters = new Map(document.parameters.map((p) => [p.name, p]));
  document.gradings.forEach((grading, i) => {
    const before = problems.count;
    checkShape(grading, ['gradings', i], limitNames, problems);
    if (grading.compare === 'rounded-value') checkRounded(grading, i, parameters, problems);
    if (problems.count === before) checkOrder(document, grading, i, problems);
  });
}

function checkShape(
  grading: GradingDocument,
  at: DocumentPath,
  limitNames: ReadonlySet<string>,
  problems: ProblemList,
): void {
  const codes = new Set(grading.bands.map((band) => band.code));
  if (codes.size < grading.bands.length)
    problems.add([...at, 'bands'], 'duplicate-name', 'a band code is used twice');
  grading.bands.forEach((band, j) => {
    const path = [...at, 'bands', j];
    const limits = limitsOf(band);
    if (j === grading.bands.length - 1) {
      if (limits.length > 0 || band.when !== undefined)
        problems.add(
          path,
          'band-gap',
          'the last band has no bound and no condition: it takes every value left',
        );
    } else if (limits.length > 1 || (limits.length === 0 && band.when === undefined)) {
      problems.add(
        path,
        'band-bound',
        'a band has one bound ("atMost", "below", "atLeast" or "above"), a condition "when", or both',
      );
    }
    if (limits.length > 0 && grading.of === undefined)
      problems.add(path, 'band-bound', 'a bound needs a value: the grading says "of" what it is');
    for (const { name } of limits) {
      if (!limitNames.has(name)) {
        problems.add(
          path,
          'unknown-name',
          `there is no parameter, table, calculation or statistic named "${name}"`,
          { seen: name, known: limitNames },
        );
      }
    }
  });
  const upward = grading.bands.flatMap(limitsOf).map(({ relation }) => relation.startsWith('<'));
  if (upward.includes(true) && upward.includes(false))
    problems.add(
      [...at, 'bands'],
      'band-mixed',
      'bounds run one way: all "atMost" and "below", or all "atLeast" and "above"',
    );
}

/** The rounded value is a decimal; a limit must be one, too, so that the two can be compared as they are. */
function checkRounded(
  grading: GradingDocument,
  i: number,
  parameters: ReadonlyMap<string, ParameterDocument>,
  problems: ProblemList,
): void {
  grading.bands.forEach((band, j) => {
    for (const { name } of limitsOf(band))
      if (!parameters.has(name))
        problems.add(
          ['gradings', i, 'bands', j],
          'rounded-limit',
          `a rounded value is compared with parameters only, "${name}" is none`,
        );
  });
}

/** Among bands with a parameter as their only bound, each bound must leave something to its band. */
function checkOrder(
  document: RulebookDocument,
  grading: GradingDocument,
  i: number,
  problems: ProblemList,
): void {
  const parameters = new Map(document.parameters.map((p) => [p.name, p]));
  const bounded = grading.bands.flatMap((band, j) => {
    const [limit] = limitsOf(band);
    const parameter = limit && parameters.get(limit.name);
    return parameter && band.when === undefined
      ? [{ j, parameter, rises: limit.relation.startsWith('<') }]
      : [];
  });
  const days = [
    ...new Set(bounded.flatMap(({ parameter }) => parameter.values.map((v) => v.from))),
  ].sort();
  for (const day of days) {
    bounded.forEach(({ j, parameter, rises }, k) => {
      const before = bounded[k - 1];
      if (!before) return;
      const limit = parameterOn(parameter, day).value;
      const lower = parameterOn(before.parameter, day).value;
      if (rises ? lower < limit : lower > limit) return;
      problems.add(
        ['gradings', i, 'bands', j],
        'band-overlap',
        `on ${day} the bound ${limit} is not ${rises ? 'above' : 'below'} the one before, ${lower}`,
      );
    });
  }
}
