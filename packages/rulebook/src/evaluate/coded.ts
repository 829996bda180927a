/** Values of kernel code with the bounds of their errors, by the rules that stand in kernel-code.ts. */

/** Unit roundoff of doubles with a tenth to spare. */
export const U = 1.1 * 2 ** -53;

/** The code of a value: an expression of v and of m, the constant c, and static limits of m where it isn't zero. */
export interface Coded {
  readonly v: string;
  readonly m: string;
  readonly c: number;
  readonly lowest: number;
  readonly highest: number;
  /** Whether the exact value is the shortest decimal of v. */
  readonly asWritten: boolean;
}

/** A number as JavaScript source; String gives back the same double. */
export const source = (value: number): string => (value < 0 ? `(${value})` : String(value));

/** Whether the bound is a share of the value itself: then its sign is certain. */
export function isRelative({ v, m }: Coded): boolean {
  return m === v || m === `Math.abs(${v})`;
}

/** The code of (c + 1)·U·m: the bound, and the rounding of what the value is subtracted from or scaled to. */
export function bound({ m, c }: Coded, scale = 1): string {
  const factor = (c + 1) * U * scale;
  const constant = Number(m);
  return Number.isNaN(constant) ? `${source(factor)} * ${m}` : source(factor * constant);
}

export function product(left: Coded, right: Coded): Coded {
  const v = `(${left.v} * ${right.v})`;
  return {
    v,
    m: left.m === left.v && right.m === right.v ? v : `(${left.m} * ${right.m})`,
    c: left.c + right.c + 1,
    lowest: left.lowest * right.lowest,
    highest: left.highest * right.highest,
    asWritten: false,
  };
}

export function summed(parts: readonly Coded[]): Coded {
  const v = `(${parts.map((p) => p.v).join(' + ')})`;
  return {
    v,
    m: parts.every((p) => p.m === p.v) ? v : `(${parts.map((p) => p.m).join(' + ')})`,
    c: Math.max(...parts.map((p) => p.c)) + parts.length - 1,
    lowest: Math.min(...parts.map((p) => p.lowest)),
    highest: parts.reduce((sum, p) => sum + p.highest, 0),
    asWritten: parts.length === 1 && parts[0]!.asWritten,
  };
}
