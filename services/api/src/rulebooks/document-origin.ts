/** Where a document that is rated with comes from. */
import type { Standards } from '@tanxiao/standards';
import type { z } from 'zod';

import type { documentOriginSchema } from './schemas';

export function originOf(
  { approvals }: Standards,
  { hash }: { readonly hash: string },
): z.infer<typeof documentOriginSchema> {
  const approval = approvals.get(hash);
  if (!approval) return { kind: 'shipped', approval: null };
  const { proposalId, proposedBy, approvedBy, approvedAt } = approval;
  return {
    kind: 'approved',
    approval: {
      proposal: proposalId,
      proposedBy,
      approvedBy,
      approvedAt: approvedAt.toISOString(),
    },
  };
}
