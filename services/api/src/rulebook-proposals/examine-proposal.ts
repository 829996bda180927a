/** Examining a text in the checking thread, and a kept proposal with all that its reader needs to decide. */
import { ProblemError, type ProposalKind } from '@tanxiao/contracts';
import type { Standards } from '@tanxiao/standards';
import { getProposal, getProposalText, type ProposalRow } from '@tanxiao/store';

import type { ApiContext } from '../context';
import type { DocumentCheck } from './check-document';
import { documentToCheck } from './document-checker';
import type { ExaminedProposal } from './proposal-view';
import { rulebookWarnings } from './warnings';

/** @throws ProblemError `too-many-at-once`, `too-costly` */
export async function examinedText(
  { checkSlots, documentChecker, standards }: ApiContext,
  of: { readonly kind: ProposalKind; readonly text: string },
): Promise<DocumentCheck> {
  const freeSlot = checkSlots.take();
  try {
    return await documentChecker.check(documentToCheck(standards, { ...of, place: '/text' }));
  } finally {
    freeSlot();
  }
}

/** @throws ProblemError `not-found` */
export async function requireProposal(context: ApiContext, id: string): Promise<ProposalRow> {
  const proposal = await getProposal(context.pool, id);
  if (!proposal) throw new ProblemError('not-found', { what: `proposal ${id}` });
  return proposal;
}

/** Whoever decides reads a proposal first: its check is the same while nothing more is approved. */
const REMEMBERED = 16;
const checksOf = new WeakMap<Standards, Map<string, DocumentCheck>>();

/** @param id of the proposal whose text was checked against these standards */
export function rememberCheck(standards: Standards, id: string, check: DocumentCheck): void {
  const checks = checksOf.get(standards) ?? new Map<string, DocumentCheck>();
  checksOf.set(standards, checks.set(id, check));
  const [oldest] = checks.keys();
  if (checks.size > REMEMBERED && oldest !== undefined) checks.delete(oldest);
}

async function checkOf(
  context: ApiContext,
  { id, kind }: ProposalRow,
  text: string,
): Promise<DocumentCheck> {
  const known = checksOf.get(context.standards)?.get(id);
  if (known) return known;
  const check = await examinedText(context, { kind, text });
  rememberCheck(context.standards, id, check);
  return check;
}

/** Checked against what is rated with now: that may have changed since it was proposed. */
export async function examinedProposal(
  context: ApiContext,
  row: ProposalRow,
): Promise<ExaminedProposal> {
  const text = (await getProposalText(context.pool, row.id))!;
  const check = await checkOf(context, row, text);
  const open = row.decision === null && row.kind === 'rulebook' && check.sound;
  const warnings = open ? await rulebookWarnings(context, check.document) : [];
  return { row, text, check, warnings };
}
