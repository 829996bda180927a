/** The thread of `run-parts.ts`: a part comes, its result goes. */
import { parentPort } from 'node:worker_threads';

import { parsePeriod } from '@tanxiao/contracts';
import { loadStandards } from '@tanxiao/standards';

import { compareKernelWithReferee } from './agreement';
import type { Part, PartResult } from './run-parts';
import { compareOnSmoothSubjects } from './smooth';

parentPort!.on('message', (part: Part) => {
  const { rulebook, period, smooth, adversarial, moreUntilMet, seed } = part;
  const plan = loadStandards().plan(rulebook, parsePeriod(period)!)!;
  const result: PartResult = {
    adversarial: compareKernelWithReferee(plan, { count: adversarial, moreUntilMet, seed }),
    smooth: compareOnSmoothSubjects(plan, smooth, seed),
  };
  parentPort!.postMessage(result);
});
