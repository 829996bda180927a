/** A run that loses one of its two worker hosts in the middle, on a network of its own, against the same run in peace. */
import { setTimeout as sleep } from 'node:timers/promises';

import { Client } from 'pg';

import { settle } from '../faults/drive';
import { PatientClient } from '../faults/patient-client';
import { RoleProcess } from '../faults/role-pool';
import { publish, run, runText } from '../faults/runs';
import { fileOf, PERIOD } from '../faults/workload';
import { type Host, Network } from './network';
import { startPostgres, startRedis } from './servers';

/** In chunks of 40 (faults/limits.ts). */
const SUBJECTS = 3000;
const SEED = 20261125;
/** Cut when so much of the population is done. */
const CUT_AFTER_SHARE = 0.2;
/** How long the host stays away after the other one has finished: its TCP sends again in ever longer intervals. */
const AWAY_MS = 2000;

export interface CutHost {
  readonly folder: string;
  readonly say: (line: string) => void;
}

/** @returns what is wrong, one sentence each */
export async function cutHost({ folder, say }: CutHost): Promise<string[]> {
  const network = Network.open(folder);
  try {
    const databaseUrl = await startPostgres(network, folder);
    const redisUrl = await startRedis(network, folder);
    say(`database ${network.address('db')}, Redis ${network.address('redis')}`);
    const worker = async (host: Host): Promise<RoleProcess> => {
      const process = RoleProcess.spawn({ folder, namespace: network.namespace(host) });
      await process.warm;
      await process.start({ role: 'worker', databaseUrl, redisUrl, clockOffsetMs: 0 });
      return process;
    };
    const a = await worker('a');
    const api = RoleProcess.spawn({ folder });
    await api.warm;
    const { url } = await api.start({ role: 'api', databaseUrl, redisUrl, clockOffsetMs: 0 });
    const client = new PatientClient(url ?? '');
    try {
      return await play({ client, databaseUrl, network, a, startB: () => worker('b'), say });
    } finally {
      await api.kill();
    }
  } finally {
    await network.close();
  }
}

interface Scene {
  readonly client: PatientClient;
  readonly databaseUrl: string;
  readonly network: Network;
  readonly a: RoleProcess;
  readonly startB: () => Promise<RoleProcess>;
  readonly say: (line: string) => void;
}

async function play({ client, databaseUrl, network, a, startB, say }: Scene): Promise<string[]> {
  await client.upload(fileOf(SEED, SUBJECTS), PERIOD, 'namespaces-upload');
  await settle(() => count(databaseUrl, 'SELECT count(*)::int AS n FROM tanxiao.outbox'));
  const inPeace = await run(client, 'in-peace');
  const expected = await runText(client, inPeace.id);
  say(`${inPeace.subjects.done} subjects in a run without a cut`);

  // B comes when A has the run in hand: so it is A's work that is cut off.
  const scene: { b: Promise<RoleProcess> | null; cutAt: number | null } = { b: null, cutAt: null };
  const disturbed = await run(client, 'cut', ({ total, done }) => {
    if (done > 0) scene.b ??= startB();
    if (scene.cutAt !== null || total === 0 || done < total * CUT_AFTER_SHARE) return;
    network.cut('a');
    scene.cutAt = performance.now();
    say(`host A cut off with ${done} of ${total} done`);
  });
  const { b, cutAt } = scene;
  if (cutAt === null || b === null) return ['the run ended before host A was cut off'];
  say(`finished by host B ${((performance.now() - cutAt) / 1000).toFixed(1)} s after the cut`);
  const cutOff = await runText(client, disturbed.id);
  const wrong = differs('cut off', cutOff, expected);
  await publish(client, disturbed.id);
  const published = await runText(client, disturbed.id);

  await sleep(AWAY_MS);
  network.mend('a');
  const back = performance.now();
  // B leaves: whatever is done from here on is A's.
  await (await b).kill();
  const byA = await run(client, 'after-the-return');
  say(
    `host A did a run alone ${((performance.now() - back) / 1000).toFixed(1)} s after its return`,
  );
  if (a.hasEnded) wrong.push(`the worker of host A ended: ${a.output().slice(-1500)}`);
  wrong.push(...differs('after the return', await runText(client, byA.id), expected));
  wrong.push(
    ...differs('cut off, read after the return', await runText(client, disturbed.id), published),
  );
  const ratings = await count(
    databaseUrl,
    'SELECT count(*)::int AS n FROM tanxiao.ratings WHERE run_id IS NOT NULL',
  );
  if (ratings !== 3 * SUBJECTS)
    wrong.push(`${ratings ?? '?'} ratings in three runs of ${SUBJECTS}`);
  return wrong;
}

function differs(name: string, text: string, expected: string): string[] {
  return text === expected ? [] : [`run "${name}" differs from the one in peace`];
}

async function count(databaseUrl: string, sql: string): Promise<number | null> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query<{ n: number }>(sql)).rows[0]?.n ?? null;
  } finally {
    await client.end();
  }
}
