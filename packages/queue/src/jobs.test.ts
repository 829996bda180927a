import { newId } from '@tanxiao/contracts';

import { packJobs } from './batching';
import { assertJob, JOB_SCHEMAS, MAX_SUBMISSIONS_PER_JOB, outboxIdsOf, QUEUE_NAMES } from './jobs';

describe('payloads', () => {
  it.each([
    ['rate', { outboxIds: [] }],
    ['rate', { outboxIds: ['7'] }],
    ['rate', { outboxIds: [0] }],
    ['rate', { outboxIds: [1.5] }],
    ['rate', { outboxIds: [2 ** 53] }],
    ['rate', { outboxIds: Array.from({ length: MAX_SUBMISSIONS_PER_JOB + 1 }, (_, i) => i + 1) }],
    ['rate', { outboxIds: [1], submissions: [{ uscc: '91330500MA0DEMO01A' }] }],
    ['import', { outboxId: null }],
    ['import', {}],
    ['run', { outboxId: 'drop table' }],
    ['run', null],
  ] as const)('nonsense is refused: %s %j', (kind, payload) => {
    expect(JOB_SCHEMAS[kind].safeParse(payload).success).toBe(false);
  });

  it.each(['rate-a:b', '17', 'run-1', 'rate-', `rate-${'x'.repeat(200)}`])(
    'a job id that BullMQ or its queue would mistake is refused before it is sent: %s',
    (id) => {
      expect(() => assertJob({ kind: 'rate', id, payload: { outboxIds: [1] } })).toThrow(TypeError);
    },
  );

  it('no queue name has a character that BullMQ refuses', () => {
    for (const name of Object.values(QUEUE_NAMES)) expect(name).toMatch(/^[a-z-]+$/);
  });
});

const rateRow = (id: number, submissions: number) =>
  ({ topic: 'rate', outboxIds: [id], submissions }) as const;

describe('packing', () => {
  it('one waiting submission becomes one small job', () => {
    expect(packJobs([rateRow(1, 1)]).map(({ payload }) => outboxIdsOf(payload))).toEqual([[1]]);
  });

  it('a burst becomes jobs of at most 500 submissions, every row in exactly one', () => {
    const rows = Array.from({ length: 1200 }, (_, i) => rateRow(i + 1, 1 + (i % 7)));
    const jobs = packJobs(rows);
    expect(jobs.flatMap(({ payload }) => outboxIdsOf(payload))).toEqual(
      rows.map(({ outboxIds }) => outboxIds[0]),
    );
    for (const job of jobs) {
      const submissions = outboxIdsOf(job.payload).reduce(
        (sum, id) => sum + rows[id - 1]!.submissions,
        0,
      );
      expect(submissions).toBeLessThanOrEqual(MAX_SUBMISSIONS_PER_JOB);
      expect(() => assertJob(job)).not.toThrow();
    }
    expect(jobs.length).toBeLessThan(12);
  });

  it('imports and runs are a job each, and do not break up the submissions around them', () => {
    const jobs = packJobs([
      rateRow(1, 1),
      { topic: 'import', outboxIds: [2], submissions: 0 },
      rateRow(3, 1),
      { topic: 'run', outboxIds: [4], submissions: 0 },
    ]);
    expect(jobs.map((job) => [job.kind, outboxIdsOf(job.payload)])).toEqual([
      ['import', [2]],
      ['run', [4]],
      ['rate', [1, 3]],
    ]);
  });

  it('the same rows claimed again get other job ids, for BullMQ ignores an id it still keeps', () => {
    const [first] = packJobs([rateRow(1, 1)]);
    const [second] = packJobs([rateRow(1, 1)]);
    expect(first!.id).not.toBe(second!.id);
  });

  it('ids of uploads and runs never stand in a payload', () => {
    const text = JSON.stringify(
      packJobs([{ topic: 'run', outboxIds: [4], submissions: 0 }])[0]!.payload,
    );
    expect(text).toBe('{"outboxId":4}');
    expect(text).not.toContain(newId().slice(0, 8));
  });
});
