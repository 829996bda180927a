/**
 * Ratings as CSV, the one format of API exports and of the command line: the same ratings give the same bytes.
 * Numbers are exact decimals in plain notation; codes and texts are guarded against being run as formulas.
 */
import {
  type Bilingual,
  decimalText,
  type Issue,
  issueTexts,
  type RatingColumns,
  type SubjectKey,
} from '@tanxiao/contracts';
import { labelOf, peerGroupTitle, type Plan } from '@tanxiao/rulebook';

import type { RowKey } from '../row-reader';
import { csvLine, harmlessText } from './csv-line';

const KEY_COLUMNS = [
  'uscc',
  'local_id',
  'name',
  'period',
  'region_code',
  'industry_classification',
  'industry_code',
  'rulebook',
  'factor_set',
  'outcome',
  'reasons',
  'reasons_zh',
  'reasons_en',
] as const;
const PEER_COLUMNS = [
  'label_zh',
  'label_en',
  'peer_level',
  'peer_group',
  'peer_group_zh',
  'peer_group_en',
  'peer_size',
] as const;

export interface RatingRow {
  readonly subject: SubjectKey;
  readonly name: string | null;
  readonly regionCode: string;
  readonly industryClassification: string;
  readonly industryCode: string;
  readonly rating: RatingColumns;
  /** The benchmark it was compared with; null where there was none. */
  readonly peers: {
    readonly level: string;
    readonly groupKey: string;
    readonly size: number;
  } | null;
}

/** Codes of reasons are joined by it, and so are their sentences. */
const SEPARATOR = '; ';

/** The header line, with its line end; without a byte-order mark (`CSV_BOM` for Excel). */
export function ratingCsvHeader(plan: Plan): string {
  return csvLine([
    ...KEY_COLUMNS,
    ...plan.results.map(({ name }) => name),
    ...plan.gradings.map(({ name }) => name),
    ...PEER_COLUMNS,
  ]);
}

export function ratingCsvRow(plan: Plan, row: RatingRow): string {
  const { subject, rating, peers } = row;
  const messages = rating.reasons.map((code) => reasonMessage(plan, code));
  const label = labelOf(plan, rating.bands);
  const peerTitle = peers && peerGroupTitle(levelsOf(plan), peers);
  return csvLine([
    subject.scheme === 'uscc' ? subject.code : '',
    subject.scheme === 'local' ? harmlessText(subject.code) : '',
    harmlessText(row.name ?? ''),
    plan.period.id,
    row.regionCode,
    row.industryClassification,
    row.industryCode,
    ...versions(plan),
    rating.outcome,
    rating.reasons.join(SEPARATOR),
    messages.map(({ zh }) => zh).join('；'),
    messages.map(({ en }) => en).join(SEPARATOR),
    ...rating.values.map((value) => (value === null ? '' : decimalText(value))),
    ...rating.bands.map((band, grading) =>
      band === null ? '' : plan.gradings[grading]!.bands[band]!.code,
    ),
    label?.zh ?? '',
    label?.en ?? '',
    peers?.level ?? '',
    peers?.groupKey ?? '',
    harmlessText(peerTitle?.zh ?? ''),
    harmlessText(peerTitle?.en ?? ''),
    peers === null ? '' : String(peers.size),
  ]);
}

/** A row that was refused: what it said of itself, and why, with outcome `rejected`. */
export function rejectedCsvRow(plan: Plan, key: RowKey, issues: readonly Issue[]): string {
  const texts = issues.map((issue) => ({ code: issue.code, ...issueTexts(issue) }));
  const codes = [...new Set(texts.map(({ code }) => code))];
  return csvLine([
    ...[key.uscc, key.localId, key.name, key.period, key.regionCode].map(harmlessText),
    ...[key.industryClassification, key.industryCode].map(harmlessText),
    ...versions(plan),
    'rejected',
    codes.join(SEPARATOR),
    harmlessText(texts.map(({ message }) => message.zh).join('；')),
    harmlessText(texts.map(({ message }) => message.en).join(SEPARATOR)),
    ...plan.results.map(() => ''),
    ...plan.gradings.map(() => ''),
    ...PEER_COLUMNS.map(() => ''),
  ]);
}

/** The benchmark told is that of the first statistic. */
function levelsOf({ statistics }: Plan): Plan['statistics'][number]['groups'] {
  return statistics[0]?.groups ?? [];
}

function versions(plan: Plan): [string, string] {
  return [
    `${plan.rulebook.id}@${plan.rulebook.version}`,
    `${plan.factorSet.id}@${plan.factorSet.version}`,
  ];
}

function reasonMessage(plan: Plan, code: string): Bilingual {
  return (
    plan.reasons.find((reason) => reason.code === code)?.message ?? {
      zh: code,
      en: code,
    }
  );
}
