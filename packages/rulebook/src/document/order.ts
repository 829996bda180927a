/** The order of evaluation, which is also where a circle of definitions is found. */
import { namesIn } from '../formula/expression';
import type { Formulas } from './names';
import type { ProblemList } from './problems';
import type { RulebookDocument } from './schema';

/** The values that a statistic is made of. */
export function valuesOf(peers: RulebookDocument['peers'][number]): readonly string[] {
  return peers.statistic === 'ratio-of-totals' ? [peers.numerator, peers.denominator] : [peers.of];
}

/**
 * The calculations and peer statistics in an order in which each comes after all it reads, a rule that
 * withholds it included. Adds a `cycle` problem where there is none.
 */
export function calculationOrder(
  document: RulebookDocument,
  formulas: Formulas,
  problems?: ProblemList,
): string[] {
  const reads = new Map<string, string[]>();
  document.calculations.forEach((c, i) => {
    const { formula, onlyIf } = formulas.calculations[i]!;
    reads.set(c.name, [...namesIn(formula), ...(onlyIf ? namesIn(onlyIf) : [])]);
  });
  document.peers.forEach((p, i) =>
    reads.set(p.name, [...valuesOf(p), ...namesIn(formulas.members[i]!)]),
  );
  document.notRated.forEach((rule, i) => {
    const when = formulas.notRated[i];
    for (const name of rule.withholds ?? []) if (when) reads.get(name)?.push(...namesIn(when));
  });
  const order: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  let circular = false;
  const visit = (name: string, trail: readonly string[]): void => {
    const below = reads.get(name);
    if (!below || state.get(name) === 'done') return;
    if (state.get(name) === 'open') {
      // The first is enough: hundreds of values that all read each other make 10^5 circles.
      if (circular) return;
      circular = true;
      const circle = [...trail.slice(trail.indexOf(name)), name].join(' → ');
      problems?.add(['calculations'], 'cycle', `a circle of definitions: ${circle}`);
      return;
    }
    state.set(name, 'open');
    for (const next of below) visit(next, [...trail, name]);
    state.set(name, 'done');
    order.push(name);
  };
  for (const name of reads.keys()) visit(name, []);
  return order;
}
