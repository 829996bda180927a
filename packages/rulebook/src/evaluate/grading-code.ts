/** The kernel's code of a grading. */
import type { Plan, PlanBand, PlanGrading } from '../plan/plan';
import { constantValue } from './exact-program';
import type { KernelWriter } from './kernel-code';

type Limit = NonNullable<PlanBand['limit']>;

export function writeGrading(
  writer: KernelWriter,
  plan: Plan,
  grading: PlanGrading,
  index: number,
): void {
  const { lines } = writer;
  const unknown = [
    ...grading.reads.map((slot) => writer.nullFlag(slot)).filter((flag) => flag !== 'false'),
    ...(index === plan.headline.grade ? ['reasons !== 0'] : []),
  ];
  const label = `bands${index}`;
  lines.push(
    `let h${index} = -1;`,
    `if (!(${unknown.join(' || ') || 'false'})) {`,
    `h${index} = ${grading.bands.length - 1};`,
  );
  const ladder = ladderOf(plan, grading);
  if (ladder) {
    writeLadder(writer, grading, ladder, `h${index}`);
    lines.push('}', `g${index}[i] = h${index};`);
    return;
  }
  lines.push(`${label}: {`);
  for (const { require, otherwise } of grading.gates) {
    const holds = writer.condition(require);
    lines.push(`if (!${holds}) { h${index} = ${otherwise}; break ${label}; }`);
  }
  grading.bands.forEach((band, position) => {
    const taken = `{ h${index} = ${position}; break ${label}; }`;
    if (band.when) lines.push(`if (${writer.condition(band.when)}) {`);
    if (band.limit) writeLimit(writer, grading, band.limit, taken);
    else if (band.when) lines.push(taken);
    if (band.when) lines.push('}');
  });
  lines.push('}', '}', `g${index}[i] = h${index};`);
}

function writeLimit(
  writer: KernelWriter,
  { slot, roundedAs }: PlanGrading,
  { slot: limitSlot, relation }: NonNullable<PlanGrading['bands'][number]['limit']>,
  taken: string,
): void {
  const { lines } = writer;
  const limit = writer.valueOf(limitSlot);
  if (roundedAs !== null) {
    // Two decimals of 15 digits are different doubles in the same order: this comparison is exact.
    lines.push(`if (w${roundedAs} ${relation} ${limit.v}) ${taken}`);
    return;
  }
  const value = writer.valueOf(slot!);
  if (value.asWritten && limit.asWritten) {
    lines.push(`if (${value.v} ${relation} ${limit.v}) ${taken}`);
    return;
  }
  const { d, b } = writer.difference(value, limit);
  const certain = relation.startsWith('<') ? `${d} < -${b}` : `${d} > ${b}`;
  const excluded = relation.startsWith('<') ? `${d} > ${b}` : `${d} < -${b}`;
  const equal = relation.endsWith('=') ? taken : '';
  lines.push(
    `if (${certain}) ${taken}`,
    // Neither side for certain: the referee's, unless both are exactly zero.
    `if (!(${excluded})) { if (${b} !== 0) refer = 1; else { ${equal} } }`,
  );
}

/**
 * The limits of a grading whose bands are nothing but fixed limits other than zero, each beyond the one before, and a
 * last band without one; null for any other. The band is then how many limits the value is beyond: counted without a
 * branch, where one limit after the other would cost one that goes either way.
 */
function ladderOf(plan: Plan, { gates, bands }: PlanGrading): readonly Limit[] | null {
  const limits = bands.slice(0, -1).map(({ limit, when }) => (when ? null : limit));
  const last = bands.at(-1);
  if (gates.length > 0 || !last || last.limit || last.when || limits.length === 0) return null;
  const ladder = limits.filter((limit) => limit !== null);
  const values = ladder.map(({ slot }) => constantValue(plan.nodes[slot]!));
  const known = values.filter((value) => value !== null);
  if (ladder.length < limits.length || known.length < limits.length) return null;
  const upwards = ladder[0]!.relation.startsWith('<');
  const sameWay = ladder.every(({ relation }) => relation.startsWith('<') === upwards);
  const beyond = known.every(
    (value, k) => k === 0 || value.compare(known[k - 1]!) === (upwards ? 1 : -1),
  );
  return sameWay && beyond && known.every((value) => value.sign() !== 0) ? ladder : null;
}

function writeLadder(
  writer: KernelWriter,
  { slot, roundedAs }: PlanGrading,
  ladder: readonly Limit[],
  band: string,
): void {
  const { lines } = writer;
  const value = roundedAs === null ? writer.valueOf(slot!) : null;
  const beyond: string[] = [];
  const uncertain: string[] = [];
  for (const { slot: limitSlot, relation } of ladder) {
    const limit = writer.valueOf(limitSlot);
    if (value === null || (value.asWritten && limit.asWritten)) {
      beyond.push(`+(${value?.v ?? `w${roundedAs}`} ${OPPOSITE[relation]} ${limit.v})`);
      continue;
    }
    const { d, b } = writer.difference(value, limit);
    beyond.push(relation.startsWith('<') ? `+(${d} > ${b})` : `+(${d} < -${b})`);
    uncertain.push(`!(Math.abs(${d}) > ${b})`);
  }
  lines.push(`${band} = ${beyond.join(' + ')};`);
  if (uncertain.length > 0) lines.push(`if (${uncertain.join(' || ')}) refer = 1;`);
}

const OPPOSITE = { '<': '>=', '<=': '>', '>': '<=', '>=': '<' } as const;
