/** What decides a rating once values are there: reasons not to rate, gradings with gates and bands, the headline. */
import { limitsOf } from '../document/check-bands';
import { type Condition, namesIn, requiredNames } from '../formula/expression';
import type { Compilation } from './compilation';
import type { Plan, PlanBand, PlanGate, PlanGrading, PlanReason } from './plan';

export function planReasons({ rulebook, nodes }: Compilation): PlanReason[] {
  return rulebook.document.notRated.map((rule, i) => {
    const when = rulebook.formulas.notRated[i] ?? null;
    const automatic = nodes.all.filter((node) => node.missingReason === i);
    return {
      code: rule.reason,
      message: rule.message,
      when,
      whenText: rule.when ?? null,
      stage: when ? nodes.stageOf(namesIn(when)) : Math.max(1, ...automatic.map((n) => n.stage)),
    };
  });
}

export function planGrading(compilation: Compilation, index: number): PlanGrading {
  const { rulebook, nodes } = compilation;
  const { document, formulas } = rulebook;
  const grading = document.gradings[index]!;
  const { gates, when } = formulas.gradings[index]!;
  const slot = grading.of === undefined ? null : nodes.slot(grading.of);
  const bands = bandsOf(compilation, index);
  const conditions = [...gates, ...when].filter((c): c is Condition => c !== null);
  return {
    name: grading.name,
    title: grading.title,
    slot,
    roundedAs:
      grading.compare === 'full-value'
        ? null
        : document.results.columns.findIndex((c) => c.name === grading.of),
    source: grading.source,
    clause: grading.clause,
    gates: gatesOf(compilation, index),
    bands,
    reads: [
      ...new Set([
        ...(slot === null ? [] : [slot]),
        ...bands.flatMap(({ limit }) => (limit ? [limit.slot] : [])),
        ...conditions.flatMap((c) => [...requiredNames(c)].map((name) => nodes.slot(name))),
      ]),
    ],
  };
}

function bandsOf({ rulebook, nodes }: Compilation, index: number): PlanBand[] {
  const { when } = rulebook.formulas.gradings[index]!;
  return rulebook.document.gradings[index]!.bands.map((band, j) => {
    const [limit] = limitsOf(band);
    return {
      code: band.code,
      title: band.title,
      limit: limit ? { slot: nodes.slot(limit.name), relation: limit.relation } : null,
      when: when[j] ?? null,
      whenText: band.when ?? null,
    };
  });
}

function gatesOf({ rulebook }: Compilation, index: number): PlanGate[] {
  const grading = rulebook.document.gradings[index]!;
  const requirements = rulebook.formulas.gradings[index]!.gates;
  return grading.gates.map((gate, j) => ({
    code: gate.code,
    title: gate.title,
    require: requirements[j]!,
    requireText: gate.require,
    otherwise: grading.bands.findIndex((band) => band.code === gate.otherwise),
    source: gate.source,
    clause: gate.clause,
  }));
}

export function planHeadline({ rulebook }: Compilation): Plan['headline'] {
  const { headline, gradings, results } = rulebook.document;
  const { grade, level, rankBy, best } = headline;
  const gradingIndex = (name: string): number => gradings.findIndex((g) => g.name === name);
  return {
    grade: gradingIndex(grade),
    level: level === undefined ? null : gradingIndex(level),
    rankBy: results.columns.findIndex((c) => c.name === rankBy),
    best,
  };
}
