/** Statistics of a peer group: what a subject is compared with. */
import { z } from 'zod';

import { bilingual, code, missingReason, name, text, unit } from './schema-parts';

const peerGroups = z
  .array(
    z.strictObject({
      level: code,
      title: bilingual,
      /** Choices among the inputs: peers chose the same option of each. Who chose none is in no group of this level. */
      by: z.array(name).min(1).max(2).optional(),
      industryDigits: z.int().min(0).max(6),
      region: z.enum(['county', 'city', 'province', 'all']),
    }),
  )
  .min(1)
  .max(10);

/** Who counts among the peers, and which group is asked: shared by every statistic. */
export const peerBase = {
  /** Which subjects count; those with a not-rated reason of their own never do. */
  members: text,
  /** Name of the parameter: with fewer peers the next group is asked. */
  minimumPeers: name,
  source: code,
  clause: text,
  missing: missingReason,
  groups: peerGroups,
};

const named = { name, title: bilingual, unit, ...peerBase };

/** 1 for the greatest, 0 for the smallest; which of both ends is the best one. */
export const best = z.enum(['highest', 'lowest']);

export const peers = z.discriminatedUnion('statistic', [
  /** Sum of one value over sum of another: an industry's L. */
  z.strictObject({
    statistic: z.literal('ratio-of-totals'),
    numerator: name,
    denominator: name,
    ...named,
  }),
  /**
   * Of the peers' values, each first rounded (half to even) to so many decimals: so the sum is an exact decimal,
   * whatever the values are. Quotients would have a common denominator that grows with every peer.
   */
  z.strictObject({
    statistic: z.literal('mean'),
    of: name,
    decimals: z.int().min(0).max(12).default(12),
    ...named,
  }),
  /** The middle value; of an even number the mean of the two in the middle. */
  z.strictObject({ statistic: z.literal('median'), of: name, ...named }),
  /**
   * The value that the best `share` of the peers reach: with n peers that of rank ⌈share · n⌉ counted from the best
   * (nearest rank, so it is always a real subject's). Subjects tied with it reach it too.
   */
  z.strictObject({ statistic: z.literal('top-share'), of: name, share: name, best, ...named }),
]);
