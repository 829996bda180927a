/**
 * Atoms of a statistic: its peers of one atom are in the same groups at every level, and, where its values are linear
 * forms, have the same form. So totals are added up once an atom, not once a level and subject.
 */
import type { Population } from '../evaluate/population';
import { Pairs } from '../evaluate/population-cells';

export interface Atoms {
  readonly count: number;
  /** By cell of the population. */
  readonly ofCell: Int32Array;
  /** By atom: a cell of it. */
  readonly cells: readonly number[];
}

/** @param kindOf a number by cell; cells of different ones share no atom */
export function atomsOf(
  population: Population,
  statistic: number,
  kindOf: (cell: number) => number,
): Atoms {
  const { cellCount, plan } = population;
  const levels = Array.from(plan.statistics[statistic]!.groups, (_, level) => ({
    groups: population.groupsAt(statistic, level),
    pairs: new Pairs(),
  }));
  const kinds = new Pairs();
  const ofCell = new Int32Array(cellCount);
  const cells: number[] = [];
  for (let cell = 0; cell < cellCount; cell++) {
    let atom = 0;
    for (const { groups, pairs } of levels) atom = pairs.of(atom, groups[cell]!);
    atom = kinds.of(atom, kindOf(cell));
    ofCell[cell] = atom;
    if (atom === cells.length) cells.push(cell);
  }
  return { count: cells.length, ofCell, cells };
}
