import { createHash } from 'node:crypto';

import { parsePeriod } from '@tanxiao/contracts';

import { loadStandards } from './standards';
import { type ApprovedDocument, standardsInForce } from './standards-in-force';

const ID = 'small-enterprise-carbon-efficiency';
const shipped = loadStandards();
const text = shipped.rulebooks.find(({ id }) => id === ID)!.text;
const period = parsePeriod('2027Q1')!;

function approved(version: string, from: string): ApprovedDocument {
  const changed = text
    .replace(/^version: .*$/m, `version: ${version}`)
    .replace(/(effective:\s*\{?\s*from: )\S+?(?=[\s,}])/, `$1${from}`);
  const hash = createHash('sha256').update(changed).digest('hex');
  const by = { proposalId: 'p', proposedBy: 'a', approvedBy: 'b', approvedAt: new Date(0) };
  return { kind: 'rulebook', id: ID, version, hash, text: changed, ...by };
}

/** Approvals in memory, with how often their documents were read. */
function approvalsOf(list: ApprovedDocument[]) {
  let reads = 0;
  return {
    reads: () => reads,
    count: () => Promise.resolve(list.length),
    documents: () => {
      reads += 1;
      return Promise.resolve([...list]);
    },
  };
}

test('what was approved before the question is in the answer, and documents are read once an approval', async () => {
  const list: ApprovedDocument[] = [];
  const approvals = approvalsOf(list);
  const inForce = standardsInForce(shipped, approvals);
  expect((await inForce.current()).plan(ID, period)!.rulebook.version).toBe('1.0.0');
  list.push(approved('1.9.0', '2027-01-01'));
  const [one, two] = await Promise.all([inForce.current(), inForce.current()]);
  expect(one).toBe(two);
  expect(one.plan(ID, period)!.rulebook.hash).toBe(list[0]!.hash);
  expect(one.approvals.get(list[0]!.hash)?.approvedBy).toBe('b');
  await inForce.current();
  expect(approvals.reads()).toBe(1);
});

test('before its dates an approved version changes nothing', async () => {
  const inForce = standardsInForce(shipped, approvalsOf([approved('1.9.0', '2027-01-01')]));
  const standards = await inForce.current();
  const before = parsePeriod('2026Q4')!;
  expect(standards.plan(ID, before)!.rulebook).toBe(shipped.plan(ID, before)!.rulebook);
});

test('of two that begin on one day the one approved later counts', async () => {
  const list = [approved('1.9.0', '2027-01-01'), approved('1.8.0', '2027-01-01')];
  const standards = await standardsInForce(shipped, approvalsOf(list)).current();
  expect(standards.plan(ID, period)!.rulebook.version).toBe('1.8.0');
});

test('an approved text takes the place of one that ships under its version', async () => {
  const own = approved('1.0.0', '2027-01-01');
  const standards = await standardsInForce(shipped, approvalsOf([own])).current();
  const versions = standards.rulebooks.filter(({ id }) => id === ID);
  expect(versions.map(({ hash }) => hash)).toEqual([own.hash]);
});

test('an approval while documents are being read is not missed', async () => {
  const list = [approved('1.8.0', '2027-01-01')];
  const approvals = approvalsOf(list);
  let open: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (open = resolve));
  const inForce = standardsInForce(shipped, {
    count: approvals.count,
    documents: async () => {
      const read = await approvals.documents();
      await gate;
      return read;
    },
  });
  const first = inForce.current();
  await new Promise((resolve) => setImmediate(resolve));
  list.push(approved('1.9.0', '2027-01-01'));
  const second = inForce.current();
  open();
  await first;
  expect((await second).plan(ID, period)!.rulebook.version).toBe('1.9.0');
});
