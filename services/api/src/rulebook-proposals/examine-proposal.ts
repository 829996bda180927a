/** Examining a text in the checking thread, and a kept proposal with all that its reader needs to decide. */
import { ProblemError, type ProposalKind } from '@tanxiao/contracts';
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

/** Checked anew: what it is compared with may have changed since it was proposed. */
export async function examinedProposal(
  context: ApiContext,
  row: ProposalRow,
): Promise<ExaminedProposal> {
  const text = (await getProposalText(context.pool, row.id))!;
  const check = await examinedText(context, { kind: row.kind, text });
  const open = row.decision === null && row.kind === 'rulebook' && check.sound;
  const warnings = open ? await rulebookWarnings(context, check.document) : [];
  return { row, text, check, warnings };
}
