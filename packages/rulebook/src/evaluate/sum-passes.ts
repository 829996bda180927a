/**
 * Adds products of columns and factors to one or two sums, in passes over the rows of a block. A pass for each number of
 * columns is made when it is first needed: as written code it would be the same loop sixteen times.
 */

/** Columns of one pass: each more saves reading and writing the sums, and takes registers. */
const COLUMNS_A_PASS = 4;

export interface Products {
  readonly columns: Float64Array[];
  /** By column, of the one sum and of the other. */
  readonly factors: number[];
  readonly otherFactors: number[];
}

export interface SummedRows {
  /** By subject from `from` on. */
  readonly sums: Float64Array;
  readonly otherSums: Float64Array | null;
  readonly from: number;
  readonly to: number;
}

/** The sums of the first `count` products, into `sums` and `otherSums`. */
export function addProducts(products: Products, count: number, rows: SummedRows): void {
  const { sums, otherSums, from, to } = rows;
  if (count === 0) {
    sums.fill(0, 0, to - from);
    otherSums?.fill(0, 0, to - from);
  }
  for (let first = 0; first < count; first += COLUMNS_A_PASS) {
    const columns = Math.min(COLUMNS_A_PASS, count - first);
    const pass = passOf({ columns, twoSums: otherSums !== null, adds: first > 0 });
    pass(products, first, sums, otherSums ?? sums, from, to);
  }
}

interface PassKind {
  readonly columns: number;
  readonly twoSums: boolean;
  /** To what the sums hold; else it sets them. */
  readonly adds: boolean;
}

type Pass = (
  products: Products,
  first: number,
  sums: Float64Array,
  otherSums: Float64Array,
  from: number,
  to: number,
) => void;

const passes: Pass[] = [];

function passOf({ columns, twoSums, adds }: PassKind): Pass {
  return (passes[columns * 4 + Number(twoSums) * 2 + Number(adds)] ??= madePass({
    columns,
    twoSums,
    adds,
  }));
}

function madePass({ columns, twoSums, adds }: PassKind): Pass {
  const each = (write: (k: number) => string): string[] =>
    Array.from({ length: columns }, (_, k) => write(k));
  const sum = (sums: string, factor: string): string =>
    `${sums}[j] = ${[...(adds ? [`${sums}[j]`] : []), ...each((k) => `y${k} * ${factor}${k}`)].join(' + ')};`;
  const body = [
    "'use strict';",
    ...each(
      (k) =>
        `const x${k} = products.columns[first + ${k}], f${k} = products.factors[first + ${k}], g${k} = products.otherFactors[first + ${k}];`,
    ),
    'for (let i = from, j = 0; i < to; i++, j++) {',
    ...each((k) => `const y${k} = x${k}[i];`),
    sum('sums', 'f'),
    ...(twoSums ? [sum('otherSums', 'g')] : []),
    '}',
  ].join('\n');
  // Made of counts alone.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- as in kernel.ts
  return new Function('products', 'first', 'sums', 'otherSums', 'from', 'to', body) as Pass;
}
