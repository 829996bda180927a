/** The kernel: generated code that rates a range of a population's columns, and marks whom the referee must see. */
import { namesIn } from '../formula/expression';
import type { Plan, PlanGrading, PlanNode, PlanResult } from '../plan/plan';
import { KernelWriter, U } from './kernel-code';

/** Columns the kernel reads; every array has one entry a subject unless said otherwise. */
export interface KernelInput {
  /** By the plan's inputs; NaN is unknown, defaults are in place. */
  readonly inputs: readonly Float64Array[];
  /** Index of the subject's province into each array of `regionalFactors`. */
  readonly provinces: Int32Array;
  /** By regional factor, then province; NaN where there is none. */
  readonly regionalFactors: readonly Float64Array[];
  /** The benchmark as a double within 4 u of its exact value; NaN where there is none. */
  readonly benchmarks: Float64Array;
}

/** Columns the kernel writes. */
export interface KernelOutput {
  /** By result column; NaN is unknown. */
  readonly results: readonly Float64Array[];
  /** By grading: 0-based band, −1 unknown. */
  readonly bands: readonly Int8Array[];
  /** Bit r is set where reason r holds. */
  readonly reasons: Int32Array;
  /** 1 where nothing written for the subject may be used: the referee decides. */
  readonly refer: Uint8Array;
  /** 1 where the subject is a peer (stage 1 only). */
  readonly members: Uint8Array;
}

export type Kernel = (input: KernelInput, output: KernelOutput, from: number, to: number) => void;

/**
 * Stage 1 decides membership among peers (no benchmark is read, no results are written); stage 2 rates.
 */
export function makeKernel(plan: Plan, stage: 1 | 2): Kernel {
  const writer = new KernelWriter(plan);
  const { lines } = writer;
  const nodes = plan.nodes.filter((node) => node.stage <= stage);
  lines.push('let refer = 0; let reasons = 0;');
  const decided = new Set<number>();
  const decideReason = (index: number): void => {
    if (decided.has(index)) return;
    decided.add(index);
    const reason = plan.reasons[index]!;
    if (!reason.when || reason.stage > stage) return;
    const nulls = namesIn(reason.when).map((name) => writer.nullFlag(plan.slotOf.get(name)!));
    // A condition may read nothing at all: `1 < 100`.
    lines.push(`if (!(${nulls.join(' || ') || 'false'})) {`);
    const holds = writer.condition(reason.when);
    lines.push(`if (${holds}) reasons |= ${2 ** index};`, '}');
  };
  for (const node of nodes) {
    for (const index of node.withheldBy) decideReason(index);
    writeNode(writer, plan, node);
    if (node.missingReason !== null && node.nullable) {
      lines.push(`if (n${node.slot}) reasons |= ${2 ** node.missingReason};`);
    }
  }
  plan.reasons.forEach((_, index) => decideReason(index));
  if (stage === 1) writeMembership(writer, plan);
  else writeColumns(writer, plan);
  lines.push('oReasons[i] = reasons;', `oRefer[i] = ${writer.mayUnderflow ? '1' : 'refer'};`);
  const body = [
    "'use strict';",
    ...plan.inputs.map((_, i) => `const x${i} = input.inputs[${i}];`),
    ...regionalNodes(plan).map((_, k) => `const f${k} = input.regionalFactors[${k}];`),
    'const provinces = input.provinces; const benchmarks = input.benchmarks;',
    ...plan.results.map((_, k) => `const r${k} = output.results[${k}];`),
    ...plan.gradings.map((_, k) => `const g${k} = output.bands[${k}];`),
    'const oReasons = output.reasons; const oRefer = output.refer; const oMembers = output.members;',
    'for (let i = from; i < to; i++) {',
    ...lines,
    '}',
  ].join('\n');
  // The text is made of slots and numbers only (see kernel-code.ts), never of a rulebook's own text.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- generated code is what makes the kernel fast
  return new Function('input', 'output', 'from', 'to', body) as Kernel;
}

export function regionalNodes(plan: Plan): PlanNode[] {
  return plan.nodes.filter((node) => node.origin.kind === 'regional-factor');
}

function writeNode(writer: KernelWriter, plan: Plan, node: PlanNode): void {
  const { origin, slot } = node;
  switch (origin.kind) {
    case 'input':
      writer.leaf(node, `x${origin.index}[i]`, `v${slot} !== v${slot}`, 1);
      return;
    case 'parameter':
      writer.constant(node, origin.value.toNumber(), 1);
      return;
    case 'factor':
      writer.constant(node, origin.factor.value.toNumber(), 2);
      return;
    case 'regional-factor':
      writer.leaf(node, `f${origin.index}[provinces[i]]`, `v${slot} !== v${slot}`, 1);
      return;
    case 'benchmark':
      writer.leaf(node, 'benchmarks[i]', `v${slot} !== v${slot}`, 4);
      return;
    case 'calculation': {
      const operands = [origin.formula, ...(origin.onlyIf ? [origin.onlyIf] : [])].flatMap((e) =>
        namesIn(e),
      );
      const nulls = [...new Set(operands)]
        .map((name) => writer.nullFlag(plan.slotOf.get(name)!))
        .filter((flag) => flag !== 'false');
      const withheld = node.withheldBy.map((index) => `(reasons & ${2 ** index}) !== 0`);
      writer.calculation(node, origin.formula, [...nulls, ...withheld], origin.onlyIf);
    }
  }
}

function writeMembership(writer: KernelWriter, plan: Plan): void {
  const { lines } = writer;
  if (!plan.peers) {
    lines.push('oMembers[i] = 0;');
    return;
  }
  const { peers } = plan;
  const nulls = [
    peers.numerator,
    peers.denominator,
    ...namesIn(peers.members).map((n) => plan.slotOf.get(n)!),
  ].map((slot) => writer.nullFlag(slot));
  lines.push(`let member = 0; if (reasons === 0 && !(${nulls.join(' || ')})) {`);
  const holds = writer.condition(peers.members);
  lines.push(`if (${holds}) member = 1;`, '}', 'oMembers[i] = member;');
}

function writeColumns(writer: KernelWriter, plan: Plan): void {
  plan.results.forEach((result, index) => writeResult(writer, result, index));
  plan.gradings.forEach((grading, index) => writeGrading(writer, plan, grading, index));
}

/** The value times 10^decimals, to the nearest integer; certain only away from every tie. */
function writeResult(writer: KernelWriter, result: PlanResult, index: number): void {
  const { lines } = writer;
  const value = writer.valueOf(result.slot);
  const scale = 10 ** result.decimals;
  lines.push(
    `let w${index} = NaN;`,
    `if (!${writer.nullFlag(result.slot)}) {`,
    `const s = ${value.v} * ${scale}; const b = ${value.c * U} * ${value.m} * ${scale} + ${U} * Math.abs(s);`,
    'const f = Math.floor(s); const q = s - f;',
    // Above 10^15 units the 15-digit rule coarsens the rounding: the referee's business.
    `if (b === 0) w${index} = 0;`,
    `else if (!(Math.abs(q - 0.5) > b) || !(b < 0.25) || !(Math.abs(s) < 999999999999999)) refer = 1;`,
    `else w${index} = (q > 0.5 ? f + 1 : f) / ${scale} + 0;`,
    '}',
    `r${index}[i] = w${index};`,
  );
}

function writeGrading(writer: KernelWriter, plan: Plan, grading: PlanGrading, index: number): void {
  const { lines } = writer;
  const unknown = [
    writer.nullFlag(grading.slot),
    ...(index === plan.headline.grade ? ['reasons !== 0'] : []),
  ];
  lines.push(
    `let h${index} = -1;`,
    `if (!(${unknown.join(' || ')})) {`,
    `h${index} = ${grading.bands.length - 1};`,
  );
  const label = `bands${index}`;
  lines.push(`${label}: {`);
  grading.bands.forEach((band, position) => {
    if (band.limit === null) return;
    if (grading.roundedAs !== null) {
      // Two decimals of 15 digits are different doubles in the same order: this comparison is exact.
      const limit = writer.valueOf(band.limit).v;
      lines.push(
        `if (w${grading.roundedAs} ${band.inclusive ? '<=' : '<'} ${limit}) { h${index} = ${position}; break ${label}; }`,
      );
      return;
    }
    const { d, b } = writer.difference(writer.valueOf(grading.slot), writer.valueOf(band.limit));
    lines.push(
      `if (${d} < -${b}) { h${index} = ${position}; break ${label}; }`,
      // Neither below nor above for certain: the referee's, unless both are exactly zero.
      `if (!(${d} > ${b})) { if (${b} !== 0) { refer = 1; break ${label}; } ${band.inclusive ? `h${index} = ${position}; break ${label};` : ''} }`,
    );
  });
  lines.push('}', '}', `g${index}[i] = h${index};`);
}
