/** The one rulebook that a schedule's workload is of, and its factor set: all that ship take a second to parse, for every process. */
import {
  factorSetFiles,
  parseDocuments,
  rulebookFiles,
  type Standards,
  standardsOf,
} from '@tanxiao/standards';

import { RULEBOOK } from './workload';

export function fewStandards(): Standards {
  const { rulebooks, factorSets } = parseDocuments({
    rulebooks: rulebookFiles().filter(({ id }) => id === RULEBOOK),
    factorSets: factorSetFiles(),
  });
  return standardsOf(rulebooks, factorSets);
}
