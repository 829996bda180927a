/** Every number of the rulebooks and factor sets as a row, each with its source and how sure it is. */
import { type Bilingual, decimalText, type Language } from '@tanxiao/contracts';
import type { FactorSet, Rulebook } from '@tanxiao/rulebook';
import { listFactorCatalogue } from '@tanxiao/standards';

import type { ListingRow } from './listing';

type Sources = Readonly<Record<string, { readonly title: Bilingual; readonly citation: string }>>;

function sourceCells(sources: Sources, key: string, language: Language): ListingRow {
  const source = sources[key];
  return { source: source?.title[language] ?? key, citation: source?.citation ?? '' };
}

export function rulebookRows(rulebooks: readonly Rulebook[], language: Language): ListingRow[] {
  return rulebooks.map(({ id, version, title, hash, document }) => ({
    rulebook: id,
    version,
    title: title[language],
    effective_from: document.effective.from,
    effective_to: document.effective.to ?? '',
    factor_set: `${document.factorSet.id}@${document.factorSet.version}`,
    hash,
  }));
}

/** The dated parameters: limits, least peers, switches. */
export function parameterRows(rulebooks: readonly Rulebook[], language: Language): ListingRow[] {
  return rulebooks.flatMap(({ id, version, document }) =>
    document.parameters.flatMap(({ name, title, unit, values }) =>
      values.map(({ from, value, source, clause, status }) => ({
        rulebook: `${id}@${version}`,
        number: name,
        title: title[language],
        value: decimalText(value),
        unit,
        from,
        status,
        clause: clause ?? '',
        ...sourceCells(document.sources, source, language),
      })),
    ),
  );
}

/** A factor of several numbers (heat value × carbon content × …) has a row for each. */
export function factorRows(factorSets: readonly FactorSet[], language: Language): ListingRow[] {
  return factorSets.flatMap(({ id, version, document }) =>
    document.factors.flatMap((factor) => {
      const row = (
        part: { component?: string; region?: string; year?: string; unit?: string },
        number: {
          value: number;
          over?: number | undefined;
          source: string;
          clause?: string | undefined;
          status: string;
        },
      ): ListingRow => ({
        factor_set: `${id}@${version}`,
        factor: factor.id,
        quantity: factor.quantity,
        carrier: factor.carrier,
        region: part.region ?? '',
        year: part.year ?? '',
        component: part.component ?? '',
        value: decimalText(number.value),
        over: number.over === undefined ? '' : decimalText(number.over),
        unit: part.unit ?? factor.unit,
        status: number.status,
        clause: number.clause ?? '',
        ...sourceCells(document.sources, number.source, language),
      });
      if ('product' in factor) {
        return factor.product.map((part) => row({ component: part.name, unit: part.unit }, part));
      }
      if ('table' in factor) {
        return factor.table.map((part) =>
          row({ region: part.region, year: String(part.year) }, part),
        );
      }
      return [row({}, factor)];
    }),
  );
}

/** Every published factor that the project knows of, also those that must never reach a rating. */
export function catalogueRows(language: Language): ListingRow[] {
  return listFactorCatalogue().map((factor) => ({
    id: factor.id,
    group: factor.group,
    standard: factor.standard,
    item_id: factor.itemId,
    item: factor.item,
    quantity: factor.quantity,
    value: factor.value,
    value_max: factor.valueMax,
    unit: factor.unit,
    basis_or_scope: factor.basisOrScope,
    year: factor.year,
    region: factor.region,
    status: factor.status,
    source: factor.source,
    note: factor.note,
    usable_for_rating: factor.usableForRating ? 'yes' : 'no',
    reason: factor.reason?.[language] ?? '',
  }));
}
