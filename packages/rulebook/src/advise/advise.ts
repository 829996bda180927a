/**
 * Advice for one rating: how far it is to each better band, which single input changed by how much reaches it, how near
 * the limits are, and whether stated uncertainties could flip it. All of it is exact, and each change advised has been
 * confirmed by the referee.
 */
import { type Benchmark, usable } from '../evaluate/benchmarks';
import { conditionHolds } from '../evaluate/exact-program';
import type { SubjectData } from '../evaluate/population';
import { evaluateExactly, type ExactEvaluation, type ExactSubject } from '../evaluate/referee';
import { Rational } from '../exact/rational';
import { exactText, readingText } from '../explain/number-text';
import { peerChoicesOf } from '../plan/peer-group';
import type { Plan, PlanGrading, PlanNode } from '../plan/plan';
import type { Advice, BetterBand, ChoiceAdvice, GradingAdvice, InputAdvice, Named } from './advice';
import { changedBand } from './changed-band';
import { type Line, lineOf } from './input-line';
import { boundariesOf, distanceTo } from './limits';
import { upstreamOf } from './plan-reads';
import { reachBand } from './reach-band';
import { type Uncertainties, uncertaintyAdvice } from './uncertainty';

export interface AdviseOptions {
  /** Names of gradings; default: the headline grade alone. */
  readonly gradings?: readonly string[];
  readonly uncertainties?: Uncertainties;
}

/**
 * @param benchmarks what the subject was compared with, one a statistic; held fixed throughout
 * @throws RangeError for a grading or an input that the rulebook doesn't have, or an uncertainty outside 0 to 1
 */
export function advise(
  plan: Plan,
  subject: SubjectData,
  benchmarks: readonly Benchmark[],
  options: AdviseOptions = {},
): Advice {
  const gradings = gradingsNamed(plan, options.gradings);
  const exactSubject: ExactSubject = {
    ...subject,
    statistics: plan.statistics.map(({ name }) => {
      const row = benchmarks.find(({ statistic }) => statistic === name);
      return row ? usable(row).totals : null;
    }),
  };
  const advising = new Advising(plan, exactSubject, gradings);
  return {
    benchmarkHeldFixed: gradings.some((grading) =>
      [...upstreamOf(plan, grading)].some((at) => plan.nodes[at]!.origin.kind === 'statistic'),
    ),
    gradings: gradings.map((grading) => advising.grading(grading, options.uncertainties ?? null)),
  };
}

function gradingsNamed(plan: Plan, names: readonly string[] | undefined): readonly PlanGrading[] {
  if (!names) return [plan.gradings[plan.headline.grade]!];
  return names.map((name) => {
    const grading = plan.gradings.find((one) => one.name === name);
    if (!grading) throw new RangeError(`${name} is no grading of ${plan.rulebook.id}`);
    return grading;
  });
}

class Advising {
  private readonly base: ExactEvaluation;
  /** By input. */
  private readonly lines = new Map<number, Line>();

  constructor(
    private readonly plan: Plan,
    private readonly subject: ExactSubject,
    private readonly gradings: readonly PlanGrading[],
  ) {
    this.base = evaluateExactly(plan, subject);
  }

  grading(grading: PlanGrading, uncertainties: Uncertainties | null): GradingAdvice {
    const { plan, base } = this;
    const { slot } = grading;
    const value = slot === null ? null : (base.values[slot] ?? null);
    const band = base.columns.bands[plan.gradings.indexOf(grading)] ?? null;
    return {
      name: grading.name,
      title: grading.title,
      of: slot === null ? null : named(plan.nodes[slot]!),
      value: value === null ? null : exactText(value),
      shown: value === null ? null : readingText(value),
      compare: grading.roundedAs === null ? 'full-value' : 'rounded-value',
      bands: grading.bands.map(({ code, title }) => ({ code, title })),
      band: band === null ? null : coded(grading, band),
      boundaries:
        value === null || band === null
          ? { below: null, above: null }
          : boundariesOf(plan, base, grading, value),
      failedGates: grading.gates
        .filter(({ require }) => conditionHolds(plan, require, base.values) !== true)
        .map(({ code, title }) => ({ code, title })),
      better: band === null ? [] : this.better(grading, value, band),
      uncertainty:
        band !== null && uncertainties
          ? uncertaintyAdvice(plan, base, grading, uncertainties)
          : null,
    };
  }

  private better(grading: PlanGrading, value: Rational | null, current: number): BetterBand[] {
    const { plan, base } = this;
    const quantities = this.quantitiesOf(grading);
    const choices = this.choicesOf(grading);
    const better = grading.bands.slice(0, current).map(({ code, title, when, whenText }, index) => {
      const distance = value && distanceTo(plan, base, grading, index, value);
      const holds = when === null ? true : conditionHolds(plan, when, base.values) === true;
      return {
        ...{ code, title, distance },
        condition: whenText === null ? null : { text: whenText, isMet: holds },
        inputs: quantities.map((input) => this.input(grading, index, input)).sort(byRelativeChange),
        choices: choices.map((input) => this.choice(grading, index, input)),
      };
    });
    return better.reverse();
  }

  /** Indices of the known quantities that the band depends on. */
  private quantitiesOf(grading: PlanGrading): number[] {
    const { plan, base } = this;
    const upstream = upstreamOf(plan, grading);
    return plan.inputs.flatMap(({ name, options }, index) => {
      const slot = plan.slotOf.get(name)!;
      return !options && upstream.has(slot) && base.values[slot] !== null ? [index] : [];
    });
  }

  /** Without those that divide the peers: with another option the subject has other peers, whose statistics aren't at hand. */
  private choicesOf(grading: PlanGrading): number[] {
    const { plan } = this;
    const upstream = upstreamOf(plan, grading);
    const compared = plan.statistics.filter(({ slot }) => upstream.has(slot));
    const dividing = peerChoicesOf(compared);
    return plan.inputs.flatMap(({ name, options }, index) =>
      options && upstream.has(plan.slotOf.get(name)!) && !dividing.has(index) ? [index] : [],
    );
  }

  private input(grading: PlanGrading, band: number, input: number): InputAdvice {
    const { plan, subject, base } = this;
    const line = this.line(input);
    const gradingOnLine = this.gradings.indexOf(grading);
    const wanted = { plan, subject, base, input, line, grading, gradingOnLine, band };
    return {
      ...named(plan.nodes[plan.slotOf.get(plan.inputs[input]!.name)!]!),
      present: line.present.toString(),
      isDefault: (subject.inputs[input] ?? null) === null,
      ...reachBand(wanted),
    };
  }

  private line(input: number): Line {
    let line = this.lines.get(input);
    if (!line) {
      line = lineOf(this.plan, this.base, { input, gradings: this.gradings });
      this.lines.set(input, line);
    }
    return line;
  }

  /** A choice has few options: each is tried by the referee. */
  private choice(grading: PlanGrading, band: number, input: number): ChoiceAdvice {
    const { plan, subject, base } = this;
    const { name, title } = plan.inputs[input]!;
    const options = plan.inputs[input]!.options ?? [];
    const present = base.values[plan.slotOf.get(name)!]?.toNumber() ?? null;
    return {
      name,
      title,
      present: present === null ? null : (options[present] ?? null),
      options: options.filter((_, value) => {
        const reached = changedBand(plan, grading, { subject, base }, { input, value });
        return reached !== null && reached <= band;
      }),
    };
  }
}

function named({ name, title, unit }: PlanNode): Named {
  return { name, title, unit };
}

function coded(grading: PlanGrading, band: number): { code: string; title: Named['title'] } {
  const { code, title } = grading.bands[band]!;
  return { code, title };
}

/** The smallest relative change first; a change from zero after those; what is not reachable last. */
function byRelativeChange(a: InputAdvice, b: InputAdvice): number {
  const [first, second] = [relativeChange(a), relativeChange(b)];
  if (first && second) return first.compare(second);
  if (first || second) return first ? -1 : 1;
  return Number(b.reachable) - Number(a.reachable);
}

function relativeChange(advice: InputAdvice): Rational | null {
  const present = Rational.parse(advice.present).absolute();
  if (!advice.reachable || present.sign() === 0) return null;
  return Rational.parse(advice.least.change).absolute().over(present);
}
