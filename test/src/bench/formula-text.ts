/**
 * The rulebook's formulas as text for other engines: names of inputs and calculations, numbers in place of parameters
 * and factors, totals written out, and a guard before each formula that can be unknown. Made from the plan, so that the
 * competitors compute what the rulebook says and no number of it stands here.
 */
import type { Expression, Plan } from '@tanxiao/rulebook';
import { namesIn } from '@tanxiao/rulebook';

import { GRADING_NAMES, RESULT_NAMES } from './contestant';

export interface FormulaText {
  readonly name: string;
  /** As mathjs and ZEN both read it; each formula reads only inputs, statistics and earlier formulas. */
  readonly text: string;
}

/** @param province whose factors are written in */
export function formulaTexts(plan: Plan, province: string): FormulaText[] {
  return new FormulaWriter(plan, province).all();
}

class FormulaWriter {
  private readonly needed = new Set<number>();

  constructor(
    private readonly plan: Plan,
    private readonly province: string,
  ) {}

  all(): FormulaText[] {
    const { nodes, slotOf, gradings } = this.plan;
    for (const name of RESULT_NAMES) this.need(slotOf.get(name)!);
    return [
      ...nodes
        .filter(({ slot }) => this.needed.has(slot))
        .map(({ name, slot }) => ({
          name,
          text: this.calculation(slot),
        })),
      ...GRADING_NAMES.map((name) => ({
        name,
        text: this.grading(gradings.findIndex((grading) => grading.name === name)),
      })),
    ];
  }

  private need(slot: number): void {
    const { origin, withheldBy } = this.plan.nodes[slot]!;
    if (origin.kind !== 'calculation' || this.needed.has(slot)) return;
    this.needed.add(slot);
    const reads = [
      ...namesIn(origin.formula),
      ...withheldBy.flatMap((reason) => namesIn(this.plan.reasons[reason]!.when!)),
    ];
    for (const name of reads) this.need(this.plan.slotOf.get(name)!);
  }

  private calculation(slot: number): string {
    const { origin, withheldBy } = this.plan.nodes[slot]!;
    if (origin.kind !== 'calculation') throw new Error('only calculations are written');
    const conditions = withheldBy.map((reason) => this.plan.reasons[reason]!.when!);
    const reads = [origin.formula, ...conditions].flatMap((expression) => namesIn(expression));
    return [
      ...this.guards(reads),
      ...conditions.map((condition) => `${this.text(condition)} ? null : `),
      this.text(origin.formula),
    ].join('');
  }

  private grading(index: number): string {
    const { slot, bands } = this.plan.gradings[index]!;
    const { name } = this.plan.nodes[slot!]!;
    const choices = bands.map(({ limit }, band) =>
      limit === null ? String(band) : `${name} <= ${this.number(limit.slot)} ? ${band} : `,
    );
    return [...this.guards([name]), ...choices].join('');
  }

  private guards(names: readonly string[]): string[] {
    return [...new Set(names)]
      .filter((name) => this.mayBeUnknown(this.plan.slotOf.get(name)!))
      .map((name) => `${name} == null ? null : `);
  }

  private mayBeUnknown(slot: number): boolean {
    const { origin, nullable, withheldBy } = this.plan.nodes[slot]!;
    if (origin.kind === 'lookup') return false;
    if (origin.kind !== 'calculation' || withheldBy.length > 0) return nullable;
    return namesIn(origin.formula).some((name) => this.mayBeUnknown(this.plan.slotOf.get(name)!));
  }

  private text(e: Expression): string {
    switch (e.kind) {
      case 'literal':
        return String(e.value);
      case 'name':
        return this.name(e.name);
      case 'negate':
        return `(-${this.text(e.operand)})`;
      case 'arithmetic':
      case 'compare':
        return `(${this.text(e.left)} ${e.operator} ${this.text(e.right)})`;
      case 'total':
        return `(${e.terms.map((term) => this.text(term)).join(' + ')})`;
      default:
        throw new Error(`the benchmark does not translate "${e.kind}"`);
    }
  }

  private name(name: string): string {
    const slot = this.plan.slotOf.get(name)!;
    const { kind } = this.plan.nodes[slot]!.origin;
    return kind === 'input' || kind === 'calculation' || kind === 'statistic'
      ? name
      : this.number(slot);
  }

  private number(slot: number): string {
    const { origin, name } = this.plan.nodes[slot]!;
    if (origin.kind === 'parameter') return String(origin.value.toNumber());
    if (origin.kind === 'factor') return String(origin.factor.value.toNumber());
    if (origin.kind === 'lookup' && origin.lookup.kind === 'regional-factor') {
      const factor = origin.lookup.factors.get(this.province);
      if (factor) return String(factor.value.toNumber());
    }
    throw new Error(`${name} has no number in ${this.province}`);
  }
}
