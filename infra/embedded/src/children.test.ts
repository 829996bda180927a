/** The promises of the supervisor, with real processes; the parent is one too where signals matter. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { superviseChildren, type SuperviseOptions } from './children';
import { isAlive } from './process-identity';
import { compileSources, makeFolder, removeFolder, runParent } from './testing/parent-process';

let folder: string;
const lines: string[] = [];

beforeEach(async () => {
  folder = await makeFolder('children');
  compileSources(folder);
  lines.length = 0;
});

afterEach(() => removeFolder(folder));

/** A child whose module text starts with the two helpers of child-lifecycle. */
function child(name: string, body: string, spec: { graceMs?: number } = {}) {
  const modulePath = join(folder, `${name}.js`);
  const helpers = `const { exitWithParent, reportReady } = require('./src/child-lifecycle');`;
  writeFileSync(modulePath, `${helpers}\n${body}\nsetInterval(() => {}, 1000);\n`);
  return { name, modulePath, ...spec };
}

function supervise(options: SuperviseOptions) {
  return superviseChildren({ write: (line) => lines.push(line), ...options });
}

async function until(condition: () => boolean): Promise<void> {
  for (let waited = 0; !condition(); waited += 10) {
    if (waited > 15_000) throw new Error(`not in 15 s; seen: ${lines.join(' | ')}`);
    await sleep(10);
  }
}

const GOOD = `exitWithParent({ close: async () => console.log('closed') }); reportReady({ port: 7 });`;

test('children are ready with what they said, and end in the given order, the database last', async () => {
  const supervisor = supervise({
    children: [child('api', GOOD), child('worker', GOOD)],
    stopLast: () => {
      lines.push('database');
      return Promise.resolve();
    },
  });
  const ready = await supervisor.ready;
  expect(ready.get('api')).toEqual({ type: 'ready', port: 7 });
  const pids = [...supervisor.pids().values()];
  expect(await supervisor.stop()).toEqual({ reason: 'stopped' });
  expect(lines).toEqual(['[api] closed', '[worker] closed', 'database']);
  expect(pids.filter(isAlive)).toEqual([]);
});

test('output is passed on line by line, whole characters only, with the name before it', async () => {
  const body = `
    const text = Buffer.from('碳效\\n');
    process.stdout.write(text.subarray(0, 2));
    setTimeout(() => { process.stdout.write(text.subarray(2)); console.error('wrong'); }, 50);
    ${GOOD}`;
  const supervisor = supervise({ children: [child('api', body)] });
  await supervisor.ready;
  await until(() => lines.length >= 2);
  await supervisor.stop();
  expect(lines).toEqual(expect.arrayContaining(['[api] 碳效', '[api] wrong']));
});

test('a child that dies is restarted, the others are left alone', async () => {
  const supervisor = supervise({
    children: [child('api', GOOD), child('worker', GOOD)],
    restart: { firstDelayMs: 20 },
  });
  await supervisor.ready;
  const before = supervisor.pids();
  process.kill(before.get('worker')!, 'SIGKILL');
  await until(() => {
    const now = supervisor.pids().get('worker');
    return now !== undefined && now !== before.get('worker');
  });
  expect(supervisor.pids().get('api')).toBe(before.get('api'));
  expect(lines).toContain('[worker] was ended by SIGKILL; restart in 20 ms');
  await supervisor.stop();
});

test('a child that keeps dying is given up with one sentence, and everything ends', async () => {
  let databaseStopped = false;
  const supervisor = supervise({
    children: [
      child('api', GOOD),
      child('worker', `reportReady(); setTimeout(() => process.exit(3), 50);`),
    ],
    restart: { firstDelayMs: 5, maxRestarts: 3 },
    stopLast: () => {
      databaseStopped = true;
      return Promise.resolve();
    },
  });
  const end = await supervisor.ended;
  expect(end).toMatchObject({ reason: 'gave-up', child: 'worker' });
  expect(JSON.stringify(end)).toContain('died 4 times');
  expect(lines.filter((line) => line.includes('restart in'))).toEqual(
    [5, 10, 20].map((ms) => `[worker] ended with code 3; restart in ${ms} ms`),
  );
  expect(databaseStopped).toBe(true);
  expect(supervisor.pids().size).toBe(0);
});

test('a child that dies before it is ready is not tried again', async () => {
  const supervisor = supervise({
    children: [
      child('api', `console.error('port taken'); process.exit(1);`),
      child('worker', GOOD),
    ],
  });
  await expect(supervisor.ready).rejects.toThrow('The process "api" did not start');
  expect(await supervisor.ended).toMatchObject({ reason: 'gave-up', child: 'api' });
  expect(lines).toContain('[api] port taken');
  expect(supervisor.pids().size).toBe(0);
});

test('a child that ignores SIGTERM is killed after its grace', async () => {
  const supervisor = supervise({
    children: [child('deaf', `process.on('SIGTERM', () => {}); reportReady();`, { graceMs: 200 })],
  });
  await supervisor.ready;
  const pid = supervisor.pids().get('deaf')!;
  const began = Date.now();
  await supervisor.stop();
  expect(Date.now() - began).toBeGreaterThanOrEqual(190);
  expect(isAlive(pid)).toBe(false);
});

interface Report {
  pids?: number[];
  end?: string;
}

/** A parent process with one slow child (2 s to close) that reports its end. */
function parentWithSlowChild() {
  const slow = child(
    'slow',
    `exitWithParent({ close: () => new Promise((r) => setTimeout(r, 2000)) }); reportReady();`,
  );
  return runParent<Report>(
    folder,
    `const { superviseChildren } = require('./src/children');
     const supervisor = superviseChildren({ children: [${JSON.stringify(slow)}], write: () => {} });
     supervisor.handleSignals();
     supervisor.ready.then(() => console.log(JSON.stringify({ pids: [...supervisor.pids().values()] })));
     supervisor.ended.then((end) => console.log(JSON.stringify({ end: end.reason })));`,
  );
}

test('one Ctrl-C that arrives three times at once stops properly', async () => {
  const parent = parentWithSlowChild();
  const { pids } = await parent.next();
  for (let times = 0; times < 3; times += 1) {
    parent.child.kill('SIGINT');
    await sleep(30);
  }
  expect(await parent.next()).toEqual({ end: 'stopped' });
  expect(await parent.closed).toBe(0);
  expect(pids!.filter(isAlive)).toEqual([]);
});

test('a second Ctrl-C, a second later, forces', async () => {
  const parent = parentWithSlowChild();
  const { pids } = await parent.next();
  const began = Date.now();
  parent.child.kill('SIGINT');
  await sleep(1050);
  parent.child.kill('SIGINT');
  expect(await parent.next()).toEqual({ end: 'forced' });
  expect(Date.now() - began).toBeLessThan(1900);
  expect(pids!.filter(isAlive)).toEqual([]);
});

test('children end by themselves when their parent is killed', async () => {
  const good = [child('api', GOOD), child('worker', GOOD)];
  const parent = runParent<Report>(
    folder,
    `const { superviseChildren } = require('./src/children');
     const supervisor = superviseChildren({ children: ${JSON.stringify(good)}, write: () => {} });
     supervisor.ready.then(() => console.log(JSON.stringify({ pids: [...supervisor.pids().values()] })));`,
  );
  const { pids } = await parent.next();
  expect(pids).toHaveLength(2);
  parent.child.kill('SIGKILL');
  await until(() => pids!.every((pid) => !isAlive(pid)));
});
