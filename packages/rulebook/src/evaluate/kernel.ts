/** The kernel: generated code that rates a range of a population's columns, and marks whom the referee must see. */
import { requiredNames } from '../formula/expression';
import type { Plan, PlanNode, PlanResult } from '../plan/plan';
import { bound, U } from './coded';
import {
  BLOCK_SUBJECTS,
  BY_COLUMNS,
  ColumnSums,
  type SumChoice,
  type SummedColumns,
} from './column-sums';
import { writeGrading } from './grading-code';
import { KernelWriter } from './kernel-code';
import { measuredSlots } from './referee';

/** Columns the kernel reads, each with one entry a subject. */
export interface KernelInput extends SummedColumns {
  /** By the plan's inputs; NaN is unknown, defaults are in place. */
  readonly inputs: readonly Float64Array[];
  /** By the plan's lookups; NaN where nothing was found. */
  readonly lookups: readonly Float64Array[];
  /** By the plan's statistics: as doubles within 4 u of their exact values; NaN where there is none. */
  readonly statistics: readonly Float64Array[];
}

/** Columns the rating kernel writes. */
export interface RatingOutput {
  /** By result column; NaN is unknown. */
  readonly results: readonly Float64Array[];
  /** By grading: 0-based band, −1 unknown. */
  readonly bands: readonly Int8Array[];
  /** Bit r is set where reason r holds. */
  readonly reasons: Int32Array;
  /** 1 where nothing written for the subject may be used: the referee decides. */
  readonly refer: Uint8Array;
}

/** Columns a statistic's kernel writes. */
export interface MemberOutput {
  /** 1 where the subject is a peer. */
  readonly members: Uint8Array;
  /**
   * Of an order statistic: each peer's value, and the bound of its error. Of a mean: the value in units of its last
   * decimal place, rounded; NaN where that isn't certain.
   */
  readonly values: Float64Array;
  readonly bounds: Float64Array;
  /** 1 where none of this may be used: the referee decides. */
  readonly refer: Uint8Array;
}

export type Kernel<Output> = (input: KernelInput, output: Output, from: number, to: number) => void;

/** Rates: results, bands and reasons, from all statistics. */
export function ratingKernel(plan: Plan, choice: SumChoice = BY_COLUMNS): Kernel<RatingOutput> {
  const sums = new ColumnSums(plan, choice);
  const writer = new KernelWriter(plan, sums);
  writeNodes(writer, plan, Infinity);
  plan.results.forEach((result, index) => writeResult(writer, result, index));
  plan.gradings.forEach((grading, index) => writeGrading(writer, plan, grading, index));
  writer.lines.push('oReasons[i] = reasons;');
  return compiled(plan, { writer, sums }, [
    ...plan.results.map((_, k) => `const r${k} = output.results[${k}];`),
    ...plan.gradings.map((_, k) => `const g${k} = output.bands[${k}];`),
    'const oReasons = output.reasons;',
  ]);
}

/** Decides who is a peer of a statistic, from statistics of earlier stages only. */
export function memberKernel(plan: Plan, statistic: number): Kernel<MemberOutput> {
  const sums = new ColumnSums(plan, BY_COLUMNS);
  const writer = new KernelWriter(plan, sums);
  const { lines } = writer;
  const { stage, measure, members } = plan.statistics[statistic]!;
  writeNodes(writer, plan, stage);
  const nulls = [
    ...measuredSlots(measure),
    ...[...requiredNames(members)].map((name) => plan.slotOf.get(name)!),
  ].map((slot) => writer.nullFlag(slot));
  lines.push(`let member = 0; if (reasons === 0 && !(${nulls.join(' || ') || 'false'})) {`);
  const holds = writer.condition(members);
  lines.push(`if (${holds}) member = 1;`, '}', 'oMembers[i] = member;');
  if (measure.kind === 'median' || measure.kind === 'top-share') {
    const { v, m, c } = writer.valueOf(measure.of);
    lines.push(`oValues[i] = ${v}; oBounds[i] = ${c * U} * ${m};`);
  }
  if (measure.kind === 'mean') {
    const { units, certain } = writeRounded(writer, measure.of, measure.decimals);
    lines.push(`oValues[i] = ${certain} ? ${units} : NaN;`);
  }
  return compiled(plan, { writer, sums }, [
    'const oMembers = output.members; const oValues = output.values; const oBounds = output.bounds;',
  ]);
}

function compiled<Output>(
  plan: Plan,
  { writer, sums }: { readonly writer: KernelWriter; readonly sums: ColumnSums },
  declarations: readonly string[],
): Kernel<Output> {
  const { values } = sums;
  const body = [
    "'use strict';",
    ...plan.inputs.map((_, k) => `const x${k} = input.inputs[${k}];`),
    ...plan.lookups.map((_, k) => `const l${k} = input.lookups[${k}];`),
    ...plan.statistics.map((_, k) => `const s${k} = input.statistics[${k}];`),
    ...values.map((_, k) => `const t${k} = totals[${k}];`),
    ...declarations,
    'const oRefer = output.refer;',
    'for (let i = from; i < to; i++) {',
    'let refer = 0; let reasons = 0;',
    ...writer.row,
    `oRefer[i] = ${writer.mayUnderflow ? '1' : 'refer'};`,
    '}',
  ].join('\n');
  // The text is made of slots and numbers only (see kernel-code.ts), never of a rulebook's own text.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- generated code is what makes the kernel fast
  const rows = new Function('input', 'output', 'totals', 'from', 'to', body) as Rows<Output>;
  return (input, output, from, to) => {
    for (let start = from; start < to;) {
      const end = Math.min(to, nextBlock(start));
      sums.fill(input, { from: start, to: end });
      rows(input, output, values, start, end);
      start = end;
    }
  };
}

/** Goes through rows of one block, whose totals are there. */
type Rows<Output> = (
  input: KernelInput,
  output: Output,
  totals: readonly Float64Array[],
  from: number,
  to: number,
) => void;

function nextBlock(subject: number): number {
  return (Math.floor(subject / BLOCK_SUBJECTS) + 1) * BLOCK_SUBJECTS;
}

/** The nodes up to a stage in their order, each reason decided before the first value that it withholds. */
function writeNodes(writer: KernelWriter, plan: Plan, stage: number): void {
  const { lines } = writer;
  const decided = new Set<number>();
  const decideReason = (index: number): void => {
    if (decided.has(index)) return;
    decided.add(index);
    const reason = plan.reasons[index]!;
    if (!reason.when || reason.stage > stage) return;
    const nulls = [...requiredNames(reason.when)]
      .map((name) => writer.nullFlag(plan.slotOf.get(name)!))
      .filter((flag) => flag !== 'false');
    lines.push(`if (!(${nulls.join(' || ') || 'false'})) {`);
    const holds = writer.condition(reason.when);
    lines.push(`if (${holds}) reasons |= ${2 ** index};`, '}');
  };
  for (const node of plan.nodes) {
    if (node.stage > stage) continue;
    for (const index of node.withheldBy) decideReason(index);
    writeNode(writer, plan, node);
    if (node.missingReason !== null && node.nullable)
      lines.push(`if (n${node.slot}) reasons |= ${2 ** node.missingReason};`);
  }
  plan.reasons.forEach((_, index) => decideReason(index));
}

function writeNode(writer: KernelWriter, plan: Plan, node: PlanNode): void {
  const { origin, slot } = node;
  const isNaN = `v${slot} !== v${slot}`;
  switch (origin.kind) {
    case 'input':
      writer.leaf(node, `x${origin.index}[i]`, isNaN, 1);
      return;
    case 'parameter':
      writer.constant(node, origin.value, 1);
      return;
    case 'factor':
      writer.constant(node, origin.factor.value, 2);
      return;
    case 'lookup':
      writer.leaf(node, `l${origin.index}[i]`, isNaN, 2);
      return;
    case 'statistic':
      writer.leaf(node, `s${origin.index}[i]`, isNaN, 4);
      return;
    case 'calculation': {
      const required = [origin.formula, ...(origin.onlyIf ? [origin.onlyIf] : [])].flatMap((e) => [
        ...requiredNames(e),
      ]);
      const nulls = [...new Set(required)]
        .map((name) => writer.nullFlag(plan.slotOf.get(name)!))
        .filter((flag) => flag !== 'false');
      const withheld = node.withheldBy.map((index) => `(reasons & ${2 ** index}) !== 0`);
      writer.calculation(node, origin.formula, [...nulls, ...withheld], origin.onlyIf);
    }
  }
}

function writeResult(writer: KernelWriter, { slot, decimals }: PlanResult, index: number): void {
  const { lines } = writer;
  lines.push(`let w${index} = NaN;`, `if (!${writer.nullFlag(slot)}) {`);
  const { units, certain } = writeRounded(writer, slot, decimals);
  lines.push(
    `w${index} = ${units} / ${10 ** decimals};`,
    `refer |= +!${certain};`,
    '}',
    `r${index}[i] = w${index};`,
  );
}

/**
 * The value times 10^decimals, to the nearest integer w; certain where all that lies within the bound b of s is nearer to
 * w than to its neighbours. Whatever `s + 0.5` was rounded to, that is checked on w itself: s − w is exact for |s − w|
 * below one half, and not below it otherwise. A floor and a comparison with its tie cost a branch that went either way.
 * Returns the code of w, and of whether it is certain.
 */
function writeRounded(
  writer: KernelWriter,
  slot: number,
  decimals: number,
): { readonly units: string; readonly certain: string } {
  const value = writer.valueOf(slot);
  const scale = 10 ** decimals;
  // Above 10^15 units the 15-digit rule coarsens the rounding: there, a bound of 5 U·|s| and more is above one half.
  const b = bound({ ...value, c: Math.max(value.c, 4) }, scale);
  writer.lines.push(`const s = ${value.v} * ${scale};`, 'const w = Math.floor(s + 0.5);');
  return { units: 'w', certain: `(0.5 - Math.abs(s - w) > ${b})` };
}
