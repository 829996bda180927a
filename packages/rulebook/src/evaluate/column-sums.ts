/**
 * Totals of many quantities times fixed factors, summed column by column over blocks of subjects before the kernel goes
 * through the block's rows. A row of the industrial rulebook reads 47 columns; of those, a row's code is left with 12.
 * Columns of zeros are left out where the population says that a block has nothing else: most of a statistical form's
 * carriers are burnt by few.
 *
 * A sum is at most `c = max(c of the terms) + (number of terms) − 1` roundings from exact in whatever order its terms are
 * added, and adding an exact zero is exact: so the bound of kernel-code.ts holds for these sums as for those in a row.
 */
import type { NumberExpression } from '../formula/expression';
import type { Plan, PlanNode } from '../plan/plan';
import { constantValue } from './exact-program';
import { addProducts, type Products } from './sum-passes';

/** Subjects whose sums and four columns stay in a first-level cache of 32 KiB; 128 and 512 are slower. */
export const BLOCK_SUBJECTS = 256;
/** A shorter total is summed in the row. */
const LEAST_TERMS = 4;

/** A term: an input, or an input times a parameter or fixed factor. */
export interface SumTerm {
  /** Slots. */
  readonly input: number;
  readonly factor: number | null;
}

type Total = Extract<NumberExpression, { readonly kind: 'total' }>;

/** What the sums are made from. */
export interface SummedColumns {
  readonly inputs: readonly Float64Array[];
  /** By input, by block of BLOCK_SUBJECTS: 0 where all values are zero. Left out: any may be other than zero. */
  readonly used?: readonly Uint8Array[] | undefined;
}

interface Sum {
  readonly terms: readonly SumTerm[];
  /** Of the terms whose factor isn't zero: positions of inputs, and factors. */
  readonly inputs: readonly number[];
  readonly factors: readonly number[];
  /** By subject of the block. */
  readonly values: Float64Array;
}

/** A sum, or two of the same inputs (emissions and energy of the same fuels), whose columns are then read once. */
type SumPair = readonly [Sum] | readonly [Sum, Sum];

/** Which totals are summed by columns; none is where rows come one at a time. */
export interface SumChoice {
  readonly leastTerms: number;
}

export const BY_COLUMNS: SumChoice = { leastTerms: LEAST_TERMS };
export const IN_ROWS: SumChoice = { leastTerms: Infinity };

/** The sums of a kernel: first its code asks for them, then each block fills them. */
export class ColumnSums {
  private readonly sums: Sum[] = [];
  private pairs: readonly SumPair[] | null = null;
  /** Of the pair being summed; kept, since a block is too short for making lists. */
  private readonly added: Products = { columns: [], factors: [], otherFactors: [] };

  constructor(
    private readonly plan: Plan,
    private readonly choice: SumChoice,
  ) {}

  /** By sum, by subject of the block. */
  get values(): readonly Float64Array[] {
    return this.sums.map(({ values }) => values);
  }

  /** The position of a total's sum among the values, and its terms; null where it isn't summed by columns. */
  sumOf(total: Total): { readonly position: number; readonly terms: readonly SumTerm[] } | null {
    if (total.terms.length < this.choice.leastTerms) return null;
    const terms = total.terms.map((term) => this.termOf(term));
    if (!terms.every((term) => term !== null)) return null;
    const counted = terms.filter(({ factor }) => this.factorOf(factor) !== 0);
    this.sums.push({
      terms,
      inputs: counted.map(({ input }) => inputOf(this.plan.nodes[input]!)!),
      factors: counted.map(({ factor }) => this.factorOf(factor)),
      values: new Float64Array(BLOCK_SUBJECTS),
    });
    return { position: this.sums.length - 1, terms };
  }

  /** @param rows within one block */
  fill(columns: SummedColumns, rows: Rows): void {
    this.pairs ??= pairsOf(this.sums);
    for (const pair of this.pairs) this.fillPair(pair, columns, rows);
  }

  private fillPair(pair: SumPair, columns: SummedColumns, rows: Rows): void {
    const block = Math.floor(rows.from / BLOCK_SUBJECTS);
    const [{ inputs, values, factors }, other] = pair;
    const { added } = this;
    let count = 0;
    for (let k = 0; k < inputs.length; k++) {
      if (columns.used?.[inputs[k]!]![block] === 0) continue;
      added.columns[count] = columns.inputs[inputs[k]!]!;
      added.factors[count] = factors[k]!;
      if (other) added.otherFactors[count] = other.factors[k]!;
      count += 1;
    }
    addProducts(added, count, { sums: values, otherSums: other?.values ?? null, ...rows });
  }

  private termOf(term: NumberExpression): SumTerm | null {
    if (term.kind === 'name') return this.isQuantity(term) ? this.product(term, null) : null;
    if (term.kind !== 'arithmetic' || term.operator !== '*') return null;
    const { left, right } = term;
    if (this.isQuantity(left) && this.isFactor(right)) return this.product(left, right);
    return this.isQuantity(right) && this.isFactor(left) ? this.product(right, left) : null;
  }

  private product(quantity: NumberExpression, factor: NumberExpression | null): SumTerm {
    return {
      input: this.nodeOf(quantity)!.slot,
      factor: factor && this.nodeOf(factor)!.slot,
    };
  }

  /** An input that is always known, and never negative: then magnitude and value of the sum are the same. */
  private isQuantity(expression: NumberExpression): boolean {
    const node = this.nodeOf(expression);
    return node !== null && inputOf(node) !== null && !node.nullable && node.nonNegative;
  }

  private isFactor(expression: NumberExpression): boolean {
    const node = this.nodeOf(expression);
    return node !== null && constantValue(node) !== null && node.nonNegative;
  }

  private nodeOf(expression: NumberExpression): PlanNode | null {
    if (expression.kind !== 'name') return null;
    return this.plan.nodes[this.plan.slotOf.get(expression.name)!]!;
  }

  private factorOf(slot: number | null): number {
    return slot === null ? 1 : constantValue(this.plan.nodes[slot]!)!.toNumber();
  }
}

function inputOf({ origin }: PlanNode): number | null {
  return origin.kind === 'input' ? origin.index : null;
}

interface Rows {
  readonly from: number;
  readonly to: number;
}

function pairsOf(sums: readonly Sum[]): SumPair[] {
  const pairs: SumPair[] = [];
  const alone = new Map<string, Sum>();
  for (const sum of sums) {
    const key = sum.inputs.join();
    const first = alone.get(key);
    if (first) {
      pairs.push([first, sum]);
      alone.delete(key);
    } else alone.set(key, sum);
  }
  return [...pairs, ...[...alone.values()].map((sum): SumPair => [sum])];
}
