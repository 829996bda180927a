/** Factor sets: every emission factor and coal-equivalent coefficient that ratings use, with its source. */
import type { Bilingual } from '@tanxiao/contracts';

import { Rational } from '../exact/rational';
import { FormulaError } from '../formula/parse';
import { parseUnit, productUnit, unitText } from '../formula/unit';
import { type FactorDocument, type FactorSetDocument, factorSetSchema } from './factor-set-schema';
import { checkDecimal } from './numbers';
import type { ProblemList } from './problems';
import { readDocument } from './read';
import type { Status } from './schema-parts';

export interface FactorSet {
  readonly id: string;
  readonly version: string;
  readonly hash: string;
  readonly title: Bilingual;
  readonly text: string;
  readonly document: FactorSetDocument;
}

/** One factor's value for one subject, exact, with all that a reader of a rating may ask of it. */
export interface FactorValue {
  readonly id: string;
  readonly value: Rational;
  readonly unit: string;
  readonly status: Status;
  readonly source: string;
  readonly clause: string | null;
  readonly note: Bilingual | null;
  /** Region and year of the row taken, where the factor has them. */
  readonly region: string | null;
  readonly year: number | null;
  /** What it is the product of, where it is one. */
  readonly components: readonly FactorComponent[];
}

export interface FactorComponent {
  readonly name: string;
  readonly title: Bilingual;
  readonly value: string;
  readonly unit: string;
  readonly source: string;
  readonly clause: string | null;
  readonly status: Status;
}

/** @throws RulebookError */
export function parseFactorSet(text: string, file: string): FactorSet {
  const { data, hash, problems } = readDocument(text, file, factorSetSchema);
  const ids = new Set<string>();
  const checkSource = (path: (string | number)[], source: string): void => {
    if (!Object.hasOwn(data.sources, source))
      problems.add(path, 'unknown-source', `source "${source}" is not listed under sources`, {
        seen: source,
        known: Object.keys(data.sources),
      });
  };
  const checkUnit = (path: (string | number)[], unit: string): void => {
    try {
      parseUnit(unit);
    } catch (error) {
      if (!(error instanceof FormulaError)) throw error;
      problems.add(path, error.code, error.message);
    }
  };
  data.factors.forEach((factor, index) => {
    const path = ['factors', index];
    if (ids.has(factor.id))
      problems.add(path, 'duplicate-name', `factor ${factor.id} is listed twice`);
    ids.add(factor.id);
    checkUnit([...path, 'unit'], factor.unit);
    if ('product' in factor) {
      factor.product.forEach((part, i) => {
        checkSource([...path, 'product', i], part.source);
        checkUnit([...path, 'product', i, 'unit'], part.unit);
        checkDecimal(problems, [...path, 'product', i, 'value'], part.value);
        if (part.over !== undefined)
          checkDecimal(problems, [...path, 'product', i, 'over'], part.over);
      });
    } else if ('table' in factor) {
      const rows = new Set<string>();
      factor.table.forEach((row, i) => {
        checkSource([...path, 'table', i], row.source);
        checkDecimal(problems, [...path, 'table', i, 'value'], row.value);
        const key = `${row.region} ${row.year}`;
        if (rows.has(key))
          problems.add([...path, 'table', i], 'duplicate-name', `${key} is listed twice`);
        rows.add(key);
      });
    } else {
      checkSource(path, factor.source);
      checkDecimal(problems, [...path, 'value'], factor.value);
    }
  });
  problems.throwIfAny();
  checkProducts(data, problems);
  problems.throwIfAny();
  return {
    id: data.factorSet,
    version: data.version,
    hash,
    title: data.title,
    text,
    document: data,
  };
}

/** Twenty parts of 15 digits could make a product that no double holds; a factor of the field has a few digits. */
const GREATEST_FACTOR = 1e60;

function isUsable(magnitude: number): boolean {
  return magnitude <= GREATEST_FACTOR && magnitude >= 1 / GREATEST_FACTOR;
}

function checkProducts({ factors }: FactorSetDocument, problems: ProblemList): void {
  factors.forEach((factor, index) => {
    if (!('product' in factor)) return;
    const magnitude = Math.abs(fixedFactor(factor)!.value.toNumber());
    const isZero = factor.product.some((part) => part.value === 0);
    if (isZero || isUsable(magnitude)) return;
    problems.add(
      ['factors', index],
      'bad-number',
      `the product of ${factor.id} is ${magnitude}: it must be between 1e-60 and 1e60`,
    );
  });
}

/** The weakest of several statuses: a product is as sure as its least sure part. */
function weakest(statuses: readonly Status[]): Status {
  return statuses.includes('assumed')
    ? 'assumed'
    : statuses.includes('reported')
      ? 'reported'
      : 'official';
}

/** The value of a factor that does not depend on region or year; null for one that does. */
export function fixedFactor(factor: FactorDocument): FactorValue | null {
  const base = {
    id: factor.id,
    unit: factor.unit,
    note: factor.note ?? null,
    region: null,
    year: null,
  };
  if ('table' in factor) return null;
  if ('product' in factor) {
    return {
      ...base,
      value: productOf(factor.product),
      status: weakest(factor.product.map((part) => part.status)),
      source: factor.product[0]!.source,
      clause: null,
      components: factor.product.map(componentOf),
    };
  }
  return {
    ...base,
    value: Rational.fromNumber(factor.value),
    status: factor.status,
    source: factor.source,
    clause: factor.clause ?? null,
    components: [],
  };
}

type FactorPart = Extract<FactorDocument, { product: unknown }>['product'][number];

function productOf(parts: readonly FactorPart[]): Rational {
  return parts
    .reduce((product, part) => {
      const over = part.over === undefined ? Rational.ONE : Rational.fromNumber(part.over);
      return product.times(Rational.fromNumber(part.value)).over(over);
    }, Rational.ONE)
    .reduced();
}

function componentOf(part: FactorPart): FactorComponent {
  return {
    name: part.name,
    title: part.title,
    value: part.over === undefined ? String(part.value) : `${part.value}/${part.over}`,
    unit: part.unit,
    source: part.source,
    clause: part.clause ?? null,
    status: part.status,
  };
}

/**
 * The product of some parts of a factor, its unit the product of theirs; or the name of a part that it does not have.
 * @returns `value` null where it is beyond what a factor may be
 */
export function partialFactor(
  factor: FactorDocument,
  names: readonly string[],
): { readonly value: FactorValue | null } | { readonly lacks: string } {
  const product = 'product' in factor ? factor.product : [];
  const lacks = names.find((name) => !product.some((part) => part.name === name));
  if (lacks !== undefined) return { lacks };
  const parts = product.filter((part) => names.includes(part.name));
  const value = productOf(parts);
  if (value.sign() !== 0 && !isUsable(Math.abs(value.toNumber()))) return { value: null };
  const [only] = parts.length === 1 ? parts : [];
  return {
    value: {
      id: factor.id,
      value,
      unit: unitText(productUnit(parts.map((part) => parseUnit(part.unit)))),
      status: weakest(parts.map((part) => part.status)),
      source: parts[0]!.source,
      clause: only?.clause ?? null,
      note: factor.note ?? null,
      region: null,
      year: null,
      components: only ? [] : parts.map(componentOf),
    },
  };
}

/**
 * The values by region of a factor keyed by region and year, for one data year. `latest-not-after` takes the
 * latest year published up to it. A region without a row is absent: a missing factor is never zero.
 */
export function regionalFactor(
  factor: FactorDocument,
  year: number,
): ReadonlyMap<string, FactorValue> {
  const values = new Map<string, FactorValue>();
  if (!('table' in factor)) return values;
  for (const row of factor.table) {
    if (row.year > year || (factor.yearRule === 'exact' && row.year !== year)) continue;
    const best = values.get(row.region);
    if (best?.year != null && best.year > row.year) continue;
    values.set(row.region, {
      id: factor.id,
      unit: factor.unit,
      note: factor.note ?? null,
      value: Rational.fromNumber(row.value),
      // A year carried forward is our choice, not the publisher's.
      status: row.year < year ? 'assumed' : row.status,
      source: row.source,
      clause: row.clause ?? row.published ?? null,
      region: row.region,
      year: row.year,
      components: [],
    });
  }
  return values;
}
