/**
 * Values looked up by what a subject is: factors by province, facts by region or industry, tables by region, industry
 * or a choice's option. One way for kernel, referee and explanation.
 */
import type { FactorValue } from '../document/factor-set';
import type { ChoiceOption } from '../document/names';
import type { DatedNumber } from '../document/schema-parts';
import { Rational } from '../exact/rational';

/** Where a subject stands: region (GB/T 2260, 6 digits) and industry. */
export interface SubjectPlace {
  readonly regionCode: string;
  readonly industryClassification: string;
  readonly industryCode: string;
}

/** A number of a table, with its exact value. */
export interface TableValue extends DatedNumber {
  readonly exact: Rational;
}

export type Lookup =
  | { readonly kind: 'regional-factor'; readonly factors: ReadonlyMap<string, FactorValue> }
  | {
      readonly kind: 'fact';
      readonly of: 'region' | 'industry';
      /** First digits of the codes that make it 1. */
      readonly codes: readonly string[];
      readonly source: string;
      readonly clause: string | null;
      readonly status: DatedNumber['status'];
    }
  | {
      readonly kind: 'table';
      readonly by:
        | 'region'
        | 'industry'
        | { readonly input: number; readonly options: readonly ChoiceOption[] };
      readonly rows: ReadonlyMap<string, TableValue>;
      readonly otherwise: TableValue | null;
    };

export type Found =
  | { readonly kind: 'factor'; readonly factor: FactorValue }
  | { readonly kind: 'fact'; readonly holds: boolean }
  /** `key`: of the row; null where the table's `otherwise` counts. */
  | { readonly kind: 'table'; readonly row: TableValue; readonly key: string | null };

/** The province-level code of an administrative code: its first two digits. */
export function provinceOf(regionCode: string): string {
  return `${regionCode.slice(0, 2)}0000`;
}

/** What a lookup depends on, as one text: equal keys find the same. `optionOf`: the value of a choice, null unknown. */
export function lookupKey(
  lookup: Lookup,
  place: SubjectPlace,
  optionOf: (input: number) => number | null,
): string {
  if (lookup.kind === 'regional-factor') return provinceOf(place.regionCode);
  const by = lookup.kind === 'fact' ? lookup.of : lookup.by;
  if (by === 'region') return place.regionCode;
  if (by === 'industry') return place.industryCode;
  const option = optionOf(by.input);
  return option === null ? '' : (by.options[option]?.code ?? '');
}

/** @param key as `lookupKey` makes it; null where nothing fits */
export function lookUp(lookup: Lookup, key: string): Found | null {
  switch (lookup.kind) {
    case 'regional-factor': {
      const factor = lookup.factors.get(key);
      return factor ? { kind: 'factor', factor } : null;
    }
    case 'fact':
      return { kind: 'fact', holds: lookup.codes.some((code) => key.startsWith(code)) };
    case 'table': {
      const { rows, otherwise, by } = lookup;
      // The option of a choice that is unknown finds nothing, not what counts otherwise.
      if (typeof by === 'object' && key === '') return null;
      const shortest = typeof by === 'object' ? key.length : 1;
      for (let length = key.length; length >= shortest; length--) {
        const row = rows.get(key.slice(0, length));
        if (row) return { kind: 'table', row, key: key.slice(0, length) };
      }
      return otherwise && { kind: 'table', row: otherwise, key: null };
    }
  }
}

export function valueOfFound(found: Found | null): Rational | null {
  switch (found?.kind) {
    case undefined:
      return null;
    case 'factor':
      return found.factor.value;
    case 'fact':
      return found.holds ? Rational.ONE : Rational.ZERO;
    case 'table':
      return found.row.exact;
  }
}
