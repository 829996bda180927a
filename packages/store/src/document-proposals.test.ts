import { createHash } from 'node:crypto';

import { newId } from '@tanxiao/contracts';

import {
  countApprovals,
  createProposal,
  decideProposal,
  findDocumentVersion,
  getProposal,
  getProposalText,
  inTransaction,
  keepFactorSetDocuments,
  keepRulebookDocuments,
  listApprovedDocuments,
  listSubmittedPeriods,
  type NewDecision,
} from './index';
import { openDatabase, type StoreDatabase } from './testing/database';
import { BY, keepAll, RULEBOOK, submissionOf } from './testing/fixtures';

let database: StoreDatabase;
beforeEach(async () => (database = await openDatabase()));
afterEach(() => database.drop());

function documentOf(version: string, text = `text of ${version}`) {
  const hash = createHash('sha256').update(text).digest('hex');
  return { hash, id: RULEBOOK, version, text };
}

const propose = (document = documentOf('2.0.0'), kind: 'rulebook' | 'factor-set' = 'rulebook') =>
  inTransaction(database.pool, (tx) =>
    createProposal(tx, { kind, document, reason: 'r', proposedBy: 'Wang 伟' }, BY),
  );
const decide = (proposalId: string, over: Partial<NewDecision> = {}) =>
  inTransaction(database.pool, (tx) =>
    decideProposal(
      tx,
      { proposalId, decision: 'approved', decidedBy: '李娜', reason: null, ...over },
      BY,
    ),
  );

describe('a proposal', () => {
  it('is kept with its text under its hash; of one open text there is one, however many propose it at once', async () => {
    const tries = await Promise.allSettled([propose(), propose(), propose()]);
    const kept = tries.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(kept).toHaveLength(1);
    for (const one of tries)
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'proposal-open' });
    expect(await getProposal(database.pool, kept[0]!)).toMatchObject({
      hash: documentOf('2.0.0').hash,
      decision: null,
    });
    expect(await getProposalText(database.pool, kept[0]!)).toBe('text of 2.0.0');
  });

  it('rejected may be proposed again', async () => {
    await decide(await propose(), { decision: 'rejected', reason: 'no' });
    expect(await propose()).toEqual(expect.any(String));
  });

  it('cannot have another hash than its text’s', async () => {
    const wrong = { ...documentOf('2.0.0'), hash: 'f'.repeat(64) };
    await expect(propose(wrong)).rejects.toThrow('check constraint');
  });
});

describe('a decision', () => {
  it.each(['Wang 伟', ' wang伟', 'ＷＡＮＧ　伟'])(
    'by the proposer, written %j, is refused by the database itself',
    async (name) => {
      const id = await propose();
      await expect(decide(id, { decidedBy: name })).rejects.toMatchObject({ code: 'same-person' });
      await expect(
        database.pool.query(
          `INSERT INTO tanxiao.proposal_decisions (proposal_id, decision, decided_by, actor, request_id)
           VALUES ($1, 'approved', $2, 'a', 'r')`,
          [id, name],
        ),
      ).rejects.toMatchObject({ code: 'TX003' });
      expect(await countApprovals(database.pool)).toBe(0);
      expect(await listApprovedDocuments(database.pool)).toEqual([]);
    },
  );

  it('is taken once, also by two at the same time', async () => {
    const id = await propose();
    const tries = await Promise.allSettled([
      decide(id),
      decide(id, { decidedBy: '张三', decision: 'rejected', reason: 'no' }),
    ]);
    expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const lost = tries.find((one) => one.status === 'rejected');
    expect(lost!.reason).toMatchObject({ code: 'decided-already' });
  });

  it('that rejects needs a reason', async () => {
    const id = await propose();
    await expect(decide(id, { decision: 'rejected' })).rejects.toThrow('check constraint');
  });

  it('of a proposal that does not exist is refused', async () => {
    await expect(decide(newId())).rejects.toThrow('foreign key');
  });
});

describe('an approved document', () => {
  it('is kept in the same transaction, so that ratings can name it', async () => {
    const document = documentOf('2.0.0');
    await decide(await propose(document));
    const version = { kind: 'rulebook', id: RULEBOOK, version: '2.0.0' } as const;
    expect(await findDocumentVersion(database.pool, version)).toBe(document.hash);
    expect(await listApprovedDocuments(database.pool)).toMatchObject([
      { ...document, proposedBy: 'Wang 伟', approvedBy: '李娜' },
    ]);
    expect(await countApprovals(database.pool)).toBe(1);
  });

  it('takes no version that has another text: of two drafts at once one is approved', async () => {
    const [one, other] = [
      await propose(documentOf('2.0.0', 'one')),
      await propose(documentOf('2.0.0', 'other')),
    ];
    const tries = await Promise.allSettled([decide(one), decide(other)]);
    expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(tries.find((two) => two.status === 'rejected')!.reason).toMatchObject({
      code: 'document-changed',
    });
    expect(await countApprovals(database.pool)).toBe(1);
  });

  it('takes no version that ratings were made with', async () => {
    await keepRulebookDocuments(database.pool, [documentOf('1.0.0', 'as rated with')], BY);
    const id = await propose(documentOf('1.0.0', 'changed'));
    await expect(decide(id)).rejects.toMatchObject({ code: 'document-changed' });
    expect((await getProposal(database.pool, id))!.decision).toBeNull();
  });

  it('that is a factor set stands among the factor sets', async () => {
    const document = documentOf('3.0.0');
    await decide(await propose(document, 'factor-set'));
    await keepFactorSetDocuments(database.pool, [document], BY);
    const version = { kind: 'rulebook', id: RULEBOOK, version: '3.0.0' } as const;
    expect(await findDocumentVersion(database.pool, version)).toBeNull();
  });
});

it('the periods with submissions are listed once each, of the rulebook alone', async () => {
  const periods = ['2026Q3', '2026Q1', '2026Q3', '2025'];
  await keepAll(
    database.pool,
    periods.map((period, n) => submissionOf(`s${n}`, { period })),
  );
  expect(await listSubmittedPeriods(database.pool, RULEBOOK)).toEqual(['2025', '2026Q1', '2026Q3']);
  expect(await listSubmittedPeriods(database.pool, 'another')).toEqual([]);
});
