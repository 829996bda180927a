/** Drafts for tests: the small-enterprise rulebook with one limit changed, under versions of its own. */
import { loadStandards } from '@tanxiao/standards';

export const DRAFT_ID = 'small-enterprise-carbon-efficiency';
export const DRAFT_CLAUSE = '示例文件第九号';

export interface DraftChanges {
  readonly version: string;
  /** Upper limit of grade 3, 1.2 in what ships. */
  readonly limit: number;
  /** First day in force. Default 2026-07-01: from 2026Q3 on. */
  readonly from?: string;
}

export function draftRulebook({ version, limit, from = '2026-07-01' }: DraftChanges): string {
  const { text } = loadStandards().rulebooks.find(({ id }) => id === DRAFT_ID)!;
  return text
    .replace('version: 1.0.0', `version: ${version}`)
    .replace('effective: { from: "2021-01-01" }', `effective: { from: "${from}" }`)
    .replace(
      'value: 1.2, source: project, clause: 碳效等级',
      `value: ${limit}, source: project, clause: ${DRAFT_CLAUSE}`,
    );
}
