/** Small valid data for the tests: documents, submissions, ratings. Synthetic throughout. */
import { createHash } from 'node:crypto';

import type { ValidSubmission } from '@tanxiao/contracts';
import type { Pool } from 'pg';

import {
  inTransaction,
  keepFactorSetDocuments,
  keepRatings,
  keepRulebookDocuments,
  keepSubmissions,
  type KeptSubmission,
  type Provenance,
  type RatingToKeep,
  type StandardDocument,
  type TransactionOptions,
} from '../index';

export const BY: Provenance = { actor: 'system:test', requestId: 'request-1' };
export const RULEBOOK = 'industrial-carbon-efficiency';
export const PERIOD = '2026Q3';
export const INPUT_NAMES = ['value_added_10k_cny', 'carrier_33', 'carrier_15'];

function documentOf(id: string, version: string): StandardDocument {
  const text = `${id} ${version}`;
  return { hash: createHash('sha256').update(text).digest('hex'), id, version, text };
}

export const RULEBOOK_DOCUMENT = documentOf(RULEBOOK, '1.0.0');
export const FACTOR_SET_DOCUMENT = documentOf('cn-industrial', '1.0.0');
export const HASHES = {
  rulebookHash: RULEBOOK_DOCUMENT.hash,
  factorSetHash: FACTOR_SET_DOCUMENT.hash,
};

export async function keepDocuments(pool: Pool): Promise<void> {
  await keepRulebookDocuments(pool, [RULEBOOK_DOCUMENT], BY);
  await keepFactorSetDocuments(pool, [FACTOR_SET_DOCUMENT], BY);
}

export function submissionOf(
  code: string,
  changes: Partial<ValidSubmission> = {},
): ValidSubmission {
  return {
    subject: { scheme: 'local', code },
    name: `示例企业 ${code}`,
    period: PERIOD,
    regionCode: '330502',
    industryClassification: 'gbt4754-2017',
    industryCode: '1751',
    inputs: [1200.5, 33.25, null],
    ...changes,
  };
}

export function keepAll(
  pool: Pool,
  submissions: readonly ValidSubmission[],
  options: TransactionOptions = {},
): Promise<KeptSubmission[]> {
  return inTransaction(
    pool,
    (tx) =>
      keepSubmissions(
        tx,
        {
          rulebookId: RULEBOOK,
          inputNames: INPUT_NAMES,
          items: submissions.map((submission) => ({ submission })),
        },
        BY,
      ),
    options,
  );
}

export function ratingOf(submissionId: string, changes: Partial<RatingToKeep> = {}): RatingToKeep {
  return {
    submissionId,
    benchmarkId: null,
    columns: { outcome: 'rated', reasons: [], values: [0.48, null], bands: [0, 2] },
    grade: 1,
    level: 3,
    rankValue: 0.48,
    ...changes,
  };
}

export const NOT_RATED: Partial<RatingToKeep> = {
  columns: {
    outcome: 'not-rated',
    reasons: ['no-benchmark'],
    values: [null, 7.01],
    bands: [null, 2],
  },
  grade: null,
  rankValue: null,
};

export function rateAll(pool: Pool, ratings: readonly RatingToKeep[]): Promise<number> {
  return inTransaction(pool, (tx) =>
    keepRatings(tx, { ...HASHES, benchmarkRunId: null, ratings }, BY),
  );
}
