/**
 * Proposals of rulebooks and factor sets, and the one decision on each. An approved text is kept among the documents
 * in the same transaction; the database itself refuses a decision by the proposer, and a second text for one version.
 */
import {
  type DecisionKind,
  newId,
  type ProposalKind,
  type ProposalState,
} from '@tanxiao/contracts';

import type { Queryable } from './connection';
import { StoreError } from './errors';
import type { Provenance } from './provenance';
import type { StandardDocument } from './rulebook-documents';
import { sqlState, type Transaction } from './transaction';

export interface NewProposal {
  readonly kind: ProposalKind;
  readonly document: StandardDocument;
  /** In the proposer's words. */
  readonly reason: string;
  /** Name as stated. */
  readonly proposedBy: string;
}

export interface DecisionRow {
  readonly decision: DecisionKind;
  readonly decidedBy: string;
  readonly reason: string | null;
  readonly decidedAt: Date;
}

export interface ProposalRow {
  readonly id: string;
  readonly kind: ProposalKind;
  readonly documentId: string;
  readonly version: string;
  /** sha256 of the text, hex. */
  readonly hash: string;
  readonly reason: string;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  /** Null while the proposal is open. */
  readonly decision: DecisionRow | null;
}

/** Keeps a proposal and returns its id. @throws StoreError `proposal-open` where the same text waits for a decision. */
export async function createProposal(
  tx: Transaction,
  { kind, document, reason, proposedBy }: NewProposal,
  by: Provenance,
): Promise<string> {
  // Two who propose one text at once: the second waits here, then finds the first.
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 7304))`, [document.hash]);
  const { rows } = await tx.query<{ id: string }>(
    `SELECT id FROM tanxiao.document_proposals p WHERE hash = $1
       AND NOT EXISTS (SELECT FROM tanxiao.proposal_decisions d WHERE d.proposal_id = p.id)`,
    [document.hash],
  );
  if (rows[0])
    throw new StoreError('proposal-open', {
      zh: `同一文本已有待审批的提案 ${rows[0].id}`,
      en: `the same text waits for a decision already, as proposal ${rows[0].id}`,
    });
  const id = newId();
  await tx.query(
    `INSERT INTO tanxiao.document_proposals
       (id, kind, document_id, version, hash, text, reason, proposed_by, actor, request_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ...[id, kind, document.id, document.version, document.hash, document.text],
      ...[reason, proposedBy, by.actor, by.requestId],
    ],
  );
  return id;
}

export interface NewDecision {
  readonly proposalId: string;
  readonly decision: DecisionKind;
  /** Name as stated; another than the proposer's. */
  readonly decidedBy: string;
  /** Required of a rejection. */
  readonly reason: string | null;
}

/**
 * Decides a proposal that exists; approved, its text is kept among the documents.
 * @throws StoreError `same-person`, `decided-already`, `document-changed` (the version has another text already)
 */
export async function decideProposal(
  tx: Transaction,
  { proposalId, decision, decidedBy, reason }: NewDecision,
  by: Provenance,
): Promise<void> {
  try {
    await tx.query(
      `INSERT INTO tanxiao.proposal_decisions (proposal_id, decision, decided_by, reason, actor, request_id)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [proposalId, decision, decidedBy, reason, by.actor, by.requestId],
    );
  } catch (error) {
    throw refusal(sqlState(error)) ?? error;
  }
}

function refusal(state: string | null): StoreError | null {
  switch (state) {
    case 'TX003':
      return new StoreError('same-person', {
        zh: '提案须由提出人以外的人审批',
        en: 'a proposal is decided by another person than its proposer',
      });
    case 'TX004':
      return new StoreError('document-changed', {
        zh: '该编号与版本已以另一文本保存；请以新的版本号重新提出',
        en: 'this id and version are kept with another text; propose it under a new version',
      });
    case '23505':
      return new StoreError('decided-already', {
        zh: '该提案已审批，审批不可更改',
        en: 'the proposal is decided already, and a decision stands',
      });
    default:
      return null;
  }
}

const PROPOSAL = `
SELECT p.id, p.kind, p.document_id AS "documentId", p.version, p.hash, p.reason, p.proposed_by AS "proposedBy",
  p.proposed_at AS "proposedAt", d.decision AS "decisionKind", d.decided_by AS "decidedBy",
  d.reason AS "decisionReason", d.decided_at AS "decidedAt"
FROM tanxiao.document_proposals p LEFT JOIN tanxiao.proposal_decisions d ON d.proposal_id = p.id`;

type FlatRow = Omit<ProposalRow, 'decision'> & {
  readonly decisionKind: DecisionKind | null;
  readonly decidedBy: string;
  readonly decisionReason: string | null;
  readonly decidedAt: Date;
};

function proposalOf({
  decisionKind,
  decidedBy,
  decisionReason,
  decidedAt,
  ...row
}: FlatRow): ProposalRow {
  return {
    ...row,
    decision: decisionKind && {
      decision: decisionKind,
      decidedBy,
      reason: decisionReason,
      decidedAt,
    },
  };
}

/** One proposal, or null. `id` must be a UUID (`isId`). */
export async function getProposal(db: Queryable, id: string): Promise<ProposalRow | null> {
  const { rows } = await db.query<FlatRow>(`${PROPOSAL} WHERE p.id = $1`, [id]);
  return rows[0] ? proposalOf(rows[0]) : null;
}

/** The text of a proposal, or null. */
export async function getProposalText(db: Queryable, id: string): Promise<string | null> {
  const { rows } = await db.query<{ text: string }>(
    `SELECT text FROM tanxiao.document_proposals WHERE id = $1`,
    [id],
  );
  return rows[0]?.text ?? null;
}

export interface ProposalsRequest {
  readonly kind?: ProposalKind | undefined;
  readonly documentId?: string | undefined;
  readonly state?: ProposalState | undefined;
  /** Only proposals older than this one (its id): the last of the page before. */
  readonly before?: string | undefined;
  readonly limit: number;
}

/** Proposals, newest first. */
export async function listProposals(
  db: Queryable,
  { kind, documentId, state, before, limit }: ProposalsRequest,
): Promise<ProposalRow[]> {
  const { rows } = await db.query<FlatRow>(
    `${PROPOSAL} WHERE ($1::text IS NULL OR p.kind = $1) AND ($2::text IS NULL OR p.document_id = $2)
       AND ($3::text IS NULL OR coalesce(d.decision, 'open') = $3) AND ($4::uuid IS NULL OR p.id < $4)
     ORDER BY p.id DESC LIMIT $5`,
    [kind ?? null, documentId ?? null, state ?? null, before ?? null, limit],
  );
  return rows.map(proposalOf);
}
