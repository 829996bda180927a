/** What becomes of a dry run whose thread is asked for more than it may have; the thread here asks for it itself. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { DryRunWorker } from './dry-run-worker';
import type { DryRunDocuments } from './thread-messages';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'tanxiao-thread-'));
});
afterAll(() => rm(folder, { recursive: true }));

const DOCUMENTS: DryRunDocuments = {
  period: '2026Q3',
  before: { text: '', place: '/before' },
  after: { rulebook: { text: '', place: '/after/text' }, factorSet: null },
  factorSets: [],
  grading: null,
};

async function threadThat(does: string): Promise<DryRunWorker> {
  const file = path.join(folder, `${does.length}.js`);
  await writeFile(
    file,
    `require('node:worker_threads').parentPort.on('message', () => { ${does} });`,
  );
  return new DryRunWorker({ file, execArgv: [] });
}

describe('the dry-run thread', () => {
  it('out of memory ends alone, and the client is told the limit', async () => {
    const worker = await threadThat(
      'const all = []; for (;;) all.push(new Array(1000).fill(1.5));',
    );
    const job = worker.open();
    await expect(job.start(DOCUMENTS)).rejects.toMatchObject({ code: 'too-costly', status: 422 });
  });

  it('in an endless loop is ended by cancelling, and who waits gets the reason', async () => {
    const job = (await threadThat('for (;;);')).open();
    const waiting = job.start(DOCUMENTS);
    job.cancel(new Error('the client left'));
    await expect(waiting).rejects.toThrow('the client left');
  });

  it('that dies is an error, not a request that waits for ever', async () => {
    const job = (await threadThat('process.exit(3);')).open();
    await expect(job.start(DOCUMENTS)).rejects.toThrow('the dry-run thread ended');
  });
});
