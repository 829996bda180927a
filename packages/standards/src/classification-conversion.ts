/**
 * Class codes of an older edition of GB/T 4754 and their successors. A code that was split has several successors:
 * the choice is the enterprise's, so nothing here converts a submission silently.
 */
import type { Bilingual } from '@tanxiao/contracts';

import { readCsvTable } from './csv-table';
import { readDataFile } from './data-folder';
import { type Source, YamlFields } from './yaml-fields';

export const CLASSIFICATION_CONVERSION_IDS = ['gbt4754-2011-2017'] as const;
export type ClassificationConversionId = (typeof CLASSIFICATION_CONVERSION_IDS)[number];

export interface ClassificationConversion {
  readonly meta: {
    readonly id: string;
    readonly title: Bilingual;
    readonly from: string;
    readonly to: string;
    readonly source: Source;
  };
  /** 4-digit codes of the newer edition, in code order; empty where the old code is unknown. */
  successorsOf(oldCode: string): readonly string[];
  /** 4-digit codes of the older edition; empty where the new code is unknown or wholly new. */
  predecessorsOf(newCode: string): readonly string[];
  pairs(): readonly { readonly from: string; readonly to: string }[];
}

const COLUMNS = ['code_2011', 'code_2017'] as const;

export function parseClassificationConversion(
  file: string,
  yaml: string,
  csv: string,
): ClassificationConversion {
  const fields = YamlFields.parse(file, yaml);
  const pairs = readCsvTable(file, csv, COLUMNS).map((row) => ({
    from: row.code_2011,
    to: row.code_2017,
  }));
  const successors = new Map<string, string[]>();
  const predecessors = new Map<string, string[]>();
  for (const { from, to } of pairs) {
    successors.set(from, [...(successors.get(from) ?? []), to]);
    predecessors.set(to, [...(predecessors.get(to) ?? []), from]);
  }
  return {
    meta: {
      id: fields.text('conversion'),
      title: fields.bilingual('title'),
      from: fields.text('from'),
      to: fields.text('to'),
      source: fields.source(),
    },
    successorsOf: (oldCode) => successors.get(oldCode) ?? [],
    predecessorsOf: (newCode) => predecessors.get(newCode) ?? [],
    pairs: () => pairs,
  };
}

export function loadClassificationConversion(
  id: ClassificationConversionId,
): ClassificationConversion {
  const base = `classifications/${id}`;
  return parseClassificationConversion(
    base,
    readDataFile(`${base}.yaml`),
    readDataFile(`${base}.csv`),
  );
}
