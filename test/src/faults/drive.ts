/** One schedule's workload from the first POST to the publication of the second run. */
import { setTimeout as sleep } from 'node:timers/promises';

import { PATIENCE_MS } from './limits';
import type { PatientClient, Receipt } from './patient-client';
import { publish, run } from './runs';
import type { Phase } from './schedule';
import { type EnterpriseData, NEXT_PERIOD, PERIOD, type Workload } from './workload';

const AT_ONCE = 12;
const POLL_MS = 40;

export interface Driven {
  /** What the API answered, by the key of the request. */
  readonly receipts: ReadonlyMap<string, Receipt>;
  readonly uploadId: string;
  /** In the order they were published. */
  readonly runIds: readonly string[];
}

export interface Watch {
  /** Told when a phase begins. */
  readonly enter: (phase: Phase) => void;
  /** Rows in the outbox; null while the database does not answer. */
  readonly outboxRows: () => Promise<number | null>;
}

export async function drive(
  client: PatientClient,
  workload: Workload,
  { enter, outboxRows }: Watch,
): Promise<Driven> {
  const receipts = new Map<string, Receipt>();
  const post = async (item: EnterpriseData, period: string, revision: number): Promise<void> => {
    const key = `${period}-${item.uscc}-${revision}`;
    const receipt = await client.submit(item, period, key);
    if (receipt.revision !== revision)
      throw new Error(`${key} became revision ${receipt.revision}: it was kept twice`);
    receipts.set(key, receipt);
  };
  const settled = () => settle(outboxRows);

  enter('arrival');
  const corrected = new Map(workload.corrections.map((item) => [item.uscc, item]));
  const [upload] = await Promise.all([
    client.upload(workload.file, PERIOD, 'faults-upload'),
    inTurns(workload.singles, async (item) => {
      await post(item, PERIOD, 1);
      const correction = corrected.get(item.uscc);
      if (correction) await post(correction, PERIOD, 2);
    }),
  ]);
  enter('rating');
  await settled();

  enter('run');
  const [first] = await Promise.all([
    run(client, 'faults-run-1'),
    inTurns(workload.nextPeriod, (item) => post(item, NEXT_PERIOD, 1)),
  ]);
  await settled();
  enter('publication');
  await publish(client, first.id);
  enter('correction');
  await inTurns(workload.lateCorrections, (item) => post(item, PERIOD, 2));
  await settled();
  enter('second run');
  const second = await run(client, 'faults-run-2');
  await publish(client, second.id);
  await settled();
  return { receipts, uploadId: upload.id, runIds: [first.id, second.id] };
}

async function inTurns<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const turn = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await act(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, turn));
}

/** Until nothing waits: the outbox is the whole truth about that. */
export async function settle(outboxRows: Watch['outboxRows']): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const rows = await outboxRows();
    if (rows === 0) return;
    if (Date.now() > deadline)
      throw new Error(`${rows ?? '?'} rows wait in the outbox after ${PATIENCE_MS / 1000} s`);
    await sleep(POLL_MS);
  }
}
