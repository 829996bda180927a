/** A proposal as the API shows it: what was proposed, what was found of it, who decided what. */
import { type Issue, issueView, type Language } from '@tanxiao/contracts';
import type { DocumentProblem } from '@tanxiao/rulebook';
import type { ProposalRow } from '@tanxiao/store';

import { documentIssue } from '../rulebooks/document-issue';
import type { DocumentCheck } from './check-document';
import type { ProposalSummaryView, ProposalView, ProposalWarning } from './schemas';

export function proposalSummary(row: ProposalRow): ProposalSummaryView {
  const { decision } = row;
  return {
    id: row.id,
    kind: row.kind,
    document: { id: row.documentId, version: row.version, hash: row.hash },
    state: decision?.decision ?? 'open',
    reason: row.reason,
    proposedBy: row.proposedBy,
    proposedAt: row.proposedAt.toISOString(),
    decision: decision && { ...decision, decidedAt: decision.decidedAt.toISOString() },
    links: { self: `/v1/rulebook-proposals/${row.id}` },
  };
}

export interface ExaminedProposal {
  readonly row: ProposalRow;
  readonly text: string;
  readonly check: DocumentCheck;
  readonly warnings: readonly ProposalWarning[];
}

export function proposalView(
  { row, text, check, warnings }: ExaminedProposal,
  language: Language,
): ProposalView {
  const found = check.sound ? check.document : null;
  return {
    ...proposalSummary(row),
    text,
    effective: found && { from: found.effective.from, to: found.effective.to ?? null },
    checks: {
      sound: check.sound,
      problems: check.sound ? [] : issuesOf(check.problems).map((one) => issueView(one, language)),
      periods: [...(found?.periods ?? [])],
      examples: found?.examples ?? 0,
      uncovered: {
        bands: [...(found?.uncovered.bands ?? [])],
        reasons: [...(found?.uncovered.reasons ?? [])],
        checks: [...(found?.uncovered.checks ?? [])],
      },
    },
    difference: found?.difference
      ? { ...found.difference, changes: found.difference.changes.map((change) => ({ ...change })) }
      : null,
    warnings: [...warnings],
  };
}

export function issuesOf(problems: readonly DocumentProblem[]): Issue[] {
  return problems.map(documentIssue);
}
