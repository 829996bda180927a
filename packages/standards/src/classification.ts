/**
 * Industry classifications (行业分类) as trees of codes. A code may be written with its section letter ("C1711") or
 * without ("1711"): statistics use both. A letter that does not fit the digits is not a code.
 */
import type { Bilingual } from '@tanxiao/contracts';

import { flagCell, indexUnique, readCsvTable, wordCell } from './csv-table';
import { StandardsDataError } from './data-error';
import { readDataFile } from './data-folder';
import { type Source, YamlFields } from './yaml-fields';

/** 门类, 大类, 中类, 小类: from the broadest to the narrowest. */
export const CLASSIFICATION_LEVELS = ['section', 'division', 'group', 'class'] as const;
export type ClassificationLevel = (typeof CLASSIFICATION_LEVELS)[number];

export const CLASSIFICATION_IDS = ['gbt4754-2017'] as const;
export type ClassificationId = (typeof CLASSIFICATION_IDS)[number];

export interface ClassificationEntry {
  /** With the section letter, "C1711"; a section is its letter. */
  readonly code: string;
  /** Without the letter, "1711"; a section has none and keeps its letter. */
  readonly numericCode: string;
  readonly nameZh: string;
  readonly level: ClassificationLevel;
  /** `code` of the entry above; absent for a section. */
  readonly parent?: string;
  /** Belongs to one of the six high-energy industries (六大高耗能行业). */
  readonly highEnergy: boolean;
}

export interface ClassificationMeta {
  readonly id: string;
  readonly title: Bilingual;
  readonly edition: string;
  /** ISO date of entry into force. */
  readonly effectiveFrom: string;
  readonly source: Source;
  readonly levels: readonly {
    readonly id: ClassificationLevel;
    readonly title: Bilingual;
    /** Digits of a code at this level; 0 for sections. */
    readonly digits: number;
  }[];
  readonly highEnergy: Source & { readonly title: Bilingual };
}

/** A loaded classification; codes are accepted with or without their section letter everywhere. */
export interface Classification {
  readonly meta: ClassificationMeta;
  get(code: string): ClassificationEntry | undefined;
  has(code: string): boolean;
  /** The entries above, nearest first; empty for a section and for an unknown code. */
  ancestors(code: string): readonly ClassificationEntry[];
  /** The entry itself or the one above it that stands at `level`: `atLevel('1711', 'group')` is 171. */
  atLevel(code: string, level: ClassificationLevel): ClassificationEntry | undefined;
  /** False for an unknown code. */
  isHighEnergy(code: string): boolean;
  /** All entries of the narrowest level (小类), in code order. */
  classes(): readonly ClassificationEntry[];
  entries(): readonly ClassificationEntry[];
}

const COLUMNS = ['code', 'name_zh', 'level', 'parent', 'numeric_code', 'high_energy'] as const;

/** Reads the table of one classification; every parent must stand in the table, one level up. */
export function parseClassificationEntries(file: string, csv: string): ClassificationEntry[] {
  const entries = readCsvTable(file, csv, COLUMNS).map((row): ClassificationEntry => {
    return {
      code: row.code,
      numericCode: row.numeric_code,
      nameZh: row.name_zh,
      level: wordCell(file, row.code, row.level, CLASSIFICATION_LEVELS),
      ...(row.parent === '' ? {} : { parent: row.parent }),
      highEnergy: flagCell(file, row.code, row.high_energy),
    };
  });
  const byCode = indexUnique(file, entries, (entry) => entry.code);
  for (const entry of entries) {
    const depth = CLASSIFICATION_LEVELS.indexOf(entry.level);
    const parent = entry.parent === undefined ? undefined : byCode.get(entry.parent);
    if (parent?.level !== CLASSIFICATION_LEVELS[depth - 1]) {
      throw new StandardsDataError(file, entry.code, `parent "${entry.parent ?? ''}" does not fit`);
    }
  }
  return entries;
}

export function parseClassificationMeta(file: string, yaml: string): ClassificationMeta {
  const fields = YamlFields.parse(file, yaml);
  return {
    id: fields.text('classification'),
    title: fields.bilingual('title'),
    edition: fields.text('edition'),
    effectiveFrom: fields.mapping('effective').text('from'),
    source: fields.source(),
    levels: fields.list('levels').map((level) => ({
      id: wordCell(file, 'levels', level.text('id'), CLASSIFICATION_LEVELS),
      title: level.bilingual('title'),
      digits: level.number('digits'),
    })),
    highEnergy: {
      ...fields.source('highEnergy'),
      title: fields.mapping('highEnergy').bilingual('title'),
    },
  };
}

export function buildClassification(
  meta: ClassificationMeta,
  entries: readonly ClassificationEntry[],
): Classification {
  const file = meta.id;
  const byCode = indexUnique(file, entries, (entry) => entry.code);
  const byNumericCode = indexUnique(file, entries, (entry) => entry.numericCode);
  const get = (code: string) => byCode.get(code) ?? byNumericCode.get(code);
  const ancestors = (code: string): ClassificationEntry[] => {
    const above: ClassificationEntry[] = [];
    let parent = get(code)?.parent;
    while (parent !== undefined) {
      const entry = byCode.get(parent);
      if (entry === undefined) break;
      above.push(entry);
      parent = entry.parent;
    }
    return above;
  };
  const classes = entries.filter((entry) => entry.level === 'class');
  return {
    meta,
    get,
    has: (code) => get(code) !== undefined,
    ancestors,
    atLevel: (code, level) => {
      const entry = get(code);
      return entry?.level === level
        ? entry
        : ancestors(code).find((candidate) => candidate.level === level);
    },
    isHighEnergy: (code) => get(code)?.highEnergy ?? false,
    classes: () => classes,
    entries: () => entries,
  };
}

const loaded = new Map<ClassificationId, Classification>();

/** Loads a classification of the data folder; read once a process, since 1,971 rows are parsed. */
export function loadClassification(id: ClassificationId): Classification {
  let classification = loaded.get(id);
  if (classification === undefined) {
    const base = `classifications/${id}`;
    classification = buildClassification(
      parseClassificationMeta(`${base}.yaml`, readDataFile(`${base}.yaml`)),
      parseClassificationEntries(`${base}.csv`, readDataFile(`${base}.csv`)),
    );
    loaded.set(id, classification);
  }
  return classification;
}
