/** The documents that approvals have added to those that ship, and the mark by which a process sees that there are more. */
import type { ProposalKind } from '@tanxiao/contracts';

import type { Queryable } from './connection';
import type { StandardDocument } from './rulebook-documents';

export interface ApprovedDocumentRow extends StandardDocument {
  readonly kind: ProposalKind;
  readonly proposalId: string;
  readonly proposedBy: string;
  readonly approvedBy: string;
  readonly approvedAt: Date;
}

/**
 * How many proposals are approved: approvals are only ever added, so a greater number says that there are more. (The
 * greatest id would not: one decision may commit after another with a greater id.)
 */
export async function countApprovals(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ approvals: number }>({
    name: 'count-approvals',
    text: `SELECT count(*)::int AS approvals FROM tanxiao.proposal_decisions WHERE decision = 'approved'`,
  });
  return rows[0]!.approvals;
}

/** All approved documents, whole, in the order of their decisions. */
export async function listApprovedDocuments(db: Queryable): Promise<ApprovedDocumentRow[]> {
  const { rows } = await db.query<ApprovedDocumentRow>(
    `SELECT p.kind, p.hash, p.document_id AS id, p.version, p.text, p.id AS "proposalId",
       p.proposed_by AS "proposedBy", d.decided_by AS "approvedBy", d.decided_at AS "approvedAt"
     FROM tanxiao.proposal_decisions d JOIN tanxiao.document_proposals p ON p.id = d.proposal_id
     WHERE d.decision = 'approved' ORDER BY d.id`,
  );
  return rows;
}
