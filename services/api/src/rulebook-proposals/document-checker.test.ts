import { ProblemError } from '@tanxiao/contracts';
import { loadStandards } from '@tanxiao/standards';

import { threadOfSources } from '../testing/api-under-test';
import { draftRulebook } from '../testing/draft-rulebook';
import { DocumentChecker, documentToCheck } from './document-checker';

jest.setTimeout(60_000);

const THREAD = threadOfSources('rulebook-proposals/check-thread.ts');
const task = () =>
  documentToCheck(loadStandards(), {
    kind: 'rulebook',
    text: draftRulebook({ version: '1.5.0', limit: 1.5 }),
    place: '/text',
  });

it('a check that takes longer than it may is ended and told as too costly', async () => {
  const checker = new DocumentChecker(THREAD, { seconds: 0.05, heapMb: 256 });
  const failure = await checker.check(task()).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ProblemError);
  expect(failure).toMatchObject({
    code: 'too-costly',
    params: { reasonEn: expect.stringContaining('0.05 seconds') as string },
  });
});

it('a check that needs more memory than it may have ends alone, not the process', async () => {
  const checker = new DocumentChecker(THREAD, { seconds: 30, heapMb: 12 });
  const failure = await checker.check(task()).catch((error: unknown) => error);
  expect(failure).toMatchObject({
    code: 'too-costly',
    params: { reasonZh: expect.stringContaining('12 MB') as string },
  });
});

it('while a text is checked the event loop turns', async () => {
  const checker = new DocumentChecker(THREAD);
  let turns = 0;
  const turning = setInterval(() => (turns += 1), 20);
  const check = await checker.check(task()).finally(() => clearInterval(turning));
  expect(check.sound).toBe(true);
  expect(turns).toBeGreaterThan(5);
});
