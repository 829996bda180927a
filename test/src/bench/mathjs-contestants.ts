/** mathjs' own compiled expressions: formula by formula over an object and over a Map, and all in one block over a Map. */
import { compile } from 'mathjs';

import type { CitySubjects } from './city-subjects';
import { type Contestant, oneByOne, type Outcome } from './contestant';
import type { FormulaText } from './formula-text';

const SUBJECTS = 2000;

export function mathjsContestants(
  { rows }: CitySubjects,
  formulas: readonly FormulaText[],
): Contestant[] {
  const compiled = formulas.map(({ name, text }) => ({ name, code: compile(text) }));
  const block = compile(formulas.map(({ name, text }) => `${name} = ${text}`).join('; '));
  // Scopes are made beforehand, to the good of the competitor; each run writes the results into them anew.
  const objects = rows.map((row): Record<string, unknown> => ({ ...row }));
  const maps = rows.map((row) => new Map<string, unknown>(Object.entries(row)));
  const blockMaps = maps.map((map) => new Map(map));
  const way = { kind: 'formulas', subjects: Math.min(SUBJECTS, rows.length) } as const;
  const outcomeOfMap = (map: ReadonlyMap<string, unknown>): Outcome => Object.fromEntries(map);
  return [
    oneByOne({
      ...way,
      name: 'mathjs, object scope',
      rate: (i) => {
        const scope = objects[i]!;
        for (const { name, code } of compiled) scope[name] = code.evaluate(scope);
        return scope;
      },
      outcomeOf: (scope) => scope as Outcome,
    }),
    oneByOne({
      ...way,
      name: 'mathjs, Map scope',
      rate: (i) => {
        const scope = maps[i]!;
        for (const { name, code } of compiled) scope.set(name, code.evaluate(scope));
        return scope;
      },
      outcomeOf: outcomeOfMap,
    }),
    oneByOne({
      ...way,
      name: 'mathjs, Map scope, one block',
      rate: (i) => {
        const scope = blockMaps[i]!;
        block.evaluate(scope);
        return scope;
      },
      outcomeOf: outcomeOfMap,
    }),
  ];
}
