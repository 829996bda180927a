/** A proposal of a server as a person reads it: who proposed what, what it changes, what approval leaves as it is. */
import type { Proposal, ProposalSummary } from '@tanxiao/client';
import type { Bilingual, Language } from '@tanxiao/contracts';
import type { RulebookDiff } from '@tanxiao/rulebook';

import { diffText } from './diff-text';

const STATES: Readonly<Record<ProposalSummary['state'], Bilingual>> = {
  open: { zh: '待审批', en: 'open' },
  approved: { zh: '已批准', en: 'approved' },
  rejected: { zh: '已驳回', en: 'rejected' },
};

export function proposalLine(proposal: ProposalSummary, language: Language): string {
  const { id, kind, document, state, proposedBy, reason, decision } = proposal;
  const decided = decision === null ? '' : ` ${decision.decidedBy} ${decision.decidedAt}`;
  const parts = [
    id,
    `${STATES[state][language]}${decided}`,
    `${kind} ${document.id} ${document.version}`,
    proposedBy,
    // One line a proposal, whatever its reason holds.
    reason.replaceAll(/\s+/g, ' '),
  ];
  return `${parts.join('  ')}\n`;
}

export function proposalText(proposal: Proposal, language: Language): string {
  const { effective, difference, warnings, checks } = proposal;
  const zh = language === 'zh';
  const lines = [
    proposalLine(proposal, language).trimEnd(),
    ...(effective === null
      ? []
      : [zh ? `自 ${effective.from} 起生效` : `effective from ${effective.from}`]),
    zh ? `算例 ${checks.examples} 个，均相符` : `${checks.examples} worked examples pass`,
    ...warnings.map(({ message }) => (zh ? `注意：${message.zh}` : `note: ${message.en}`)),
  ];
  const changes =
    difference === null
      ? zh
        ? '此编号的第一个版本\n'
        : 'the first version of its id\n'
      : diffText(diffOf(difference), language);
  return `${lines.join('\n')}\n${changes}`;
}

/** The server's answer is the engine's own difference; its document types the changes by their fields, not by kind. */
function diffOf(difference: NonNullable<Proposal['difference']>): RulebookDiff {
  return difference as RulebookDiff;
}
