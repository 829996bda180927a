/** A factor set as a reader sees it: each factor with the numbers it is made of. */
import type { FactorSet } from '@tanxiao/rulebook';
import type { Standards } from '@tanxiao/standards';
import type { z } from 'zod';

import { originOf } from './document-origin';
import { sourcesView } from './rulebook-view';
import type { FactorSetDetail, factorSetSummarySchema } from './schemas';

type Factor = FactorSet['document']['factors'][number];
type FactorNumber = FactorSetDetail['factors'][number]['numbers'][number];

export function factorSetSummary(
  standards: Standards,
  factorSet: FactorSet,
): z.infer<typeof factorSetSummarySchema> {
  const { effective, factors } = factorSet.document;
  return {
    id: factorSet.id,
    version: factorSet.version,
    hash: factorSet.hash,
    title: factorSet.title,
    effective: { from: effective.from, to: effective.to ?? null },
    origin: originOf(standards, factorSet),
    factors: factors.length,
    links: { self: `/v1/factor-sets/${factorSet.id}?version=${factorSet.version}` },
  };
}

export function factorSetDetail(standards: Standards, factorSet: FactorSet): FactorSetDetail {
  return {
    ...factorSetSummary(standards, factorSet),
    sources: sourcesView(factorSet.document.sources),
    factors: factorSet.document.factors.map((factor) => ({
      id: factor.id,
      quantity: factor.quantity,
      carrier: factor.carrier,
      unit: factor.unit,
      note: factor.note ?? null,
      numbers: numbersOf(factor),
    })),
  };
}

function numbersOf(factor: Factor): FactorNumber[] {
  const plain = { region: null, year: null, component: null, over: null, unit: factor.unit };
  if ('product' in factor)
    return factor.product.map((part) => ({
      ...plain,
      component: { name: part.name, title: part.title },
      value: part.value,
      over: part.over ?? null,
      unit: part.unit,
      source: part.source,
      clause: part.clause ?? null,
      status: part.status,
    }));
  if ('table' in factor)
    return factor.table.map((row) => ({
      ...plain,
      region: row.region,
      year: row.year,
      value: row.value,
      source: row.source,
      clause: row.clause ?? null,
      status: row.status,
    }));
  const { value, source, clause, status } = factor;
  return [{ ...plain, value, source, clause: clause ?? null, status }];
}
