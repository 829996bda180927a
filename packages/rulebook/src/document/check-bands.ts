/** Bands cover every value once: each but the last has one bound, the bounds rise on every date. */
import type { ProblemList } from './problems';
import type { RulebookDocument } from './schema';

export type ParameterDocument = RulebookDocument['parameters'][number];

/** The value of a dated parameter on a day (ISO 8601): the last one that has begun. */
export function parameterOn(
  parameter: ParameterDocument,
  day: string,
): ParameterDocument['values'][number] {
  let current = parameter.values[0]!;
  for (const value of parameter.values) if (value.from <= day) current = value;
  return current;
}

export function checkBands(document: RulebookDocument, problems: ProblemList): void {
  const parameters = new Map(document.parameters.map((p) => [p.name, p]));
  const dates = [
    ...new Set(document.parameters.flatMap((p) => p.values.map((v) => v.from))),
  ].sort();
  document.gradings.forEach((grading, i) => {
    const codes = new Set(grading.bands.map((band) => band.code));
    if (codes.size < grading.bands.length)
      problems.add(['gradings', i, 'bands'], 'duplicate-name', 'a band code is used twice');
    const before = problems.count;
    grading.bands.forEach((band, j) => {
      const path = ['gradings', i, 'bands', j];
      const bounds = [band.atMost, band.below].filter((bound) => bound !== undefined);
      const isLast = j === grading.bands.length - 1;
      if (bounds.length !== (isLast ? 0 : 1)) {
        problems.add(
          path,
          isLast ? 'band-gap' : 'band-bound',
          isLast
            ? 'the last band has no bound: it takes every value above'
            : 'a band has one bound, "atMost" or "below"',
        );
      }
      for (const bound of bounds) {
        if (!parameters.has(bound)) {
          problems.add(path, 'unknown-name', `there is no parameter named "${bound}"`, {
            seen: bound,
            known: parameters.keys(),
          });
        }
      }
    });
    if (problems.count > before) return;
    for (const day of dates) {
      const limits = grading.bands
        .slice(0, -1)
        .map((band) => parameterOn(parameters.get((band.atMost ?? band.below)!)!, day).value);
      limits.forEach((limit, j) => {
        const lower = limits[j - 1];
        if (lower !== undefined && lower >= limit) {
          problems.add(
            ['gradings', i, 'bands', j],
            'band-overlap',
            `on ${day} the bound ${limit} is not above the one before, ${lower}`,
          );
        }
      });
    }
  });
}
