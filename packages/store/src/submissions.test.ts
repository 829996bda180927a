import {
  claimOutbox,
  getSubmission,
  inTransaction,
  keepSubmissions,
  listRevisions,
  loadForRating,
  loadLayouts,
  loadOutbox,
  MAX_SUBMISSIONS_PER_ROW,
} from './index';
import { openDatabase, type StoreDatabase } from './testing/database';
import { BY, INPUT_NAMES, keepAll, PERIOD, RULEBOOK, submissionOf } from './testing/fixtures';

describe('kept submissions', () => {
  let database: StoreDatabase;
  beforeAll(async () => {
    database = await openDatabase();
  });
  afterAll(() => database.drop());

  it('come back as they were sent, unknown values too', async () => {
    const sent = submissionOf('round-trip', {
      name: `引号"反斜杠\\逗号,花括号{}换行\nNULL`,
      inputs: [0.1 + 0.2, -1e-15, null],
    });
    const [kept] = await keepAll(database.pool, [sent, submissionOf('NULL', { name: null })]);
    const row = await getSubmission(database.pool, kept!.id);
    expect(row).toMatchObject({
      subject: sent.subject,
      name: sent.name,
      inputs: sent.inputs,
      inputNames: INPUT_NAMES,
      revision: 1,
      actor: BY.actor,
      requestId: BY.requestId,
      uploadId: null,
    });
    const [forRating] = await loadForRating(database.pool, [kept!.id]);
    expect(forRating!.inputs).toEqual(sent.inputs);
    const layouts = await loadLayouts(database.pool, [forRating!.layoutId]);
    expect(layouts.get(forRating!.layoutId)).toEqual(INPUT_NAMES);
  });

  it('of one subject by 20 writers at once are revisions 1 to 20', async () => {
    const kept = await Promise.all(
      Array.from({ length: 20 }, () => keepAll(database.pool, [submissionOf('twenty')])),
    );
    const revisions = kept.map(([first]) => first!.revision).sort((a, b) => a - b);
    expect(revisions).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    const listed = await listRevisions(database.pool, {
      subject: { scheme: 'local', code: 'twenty' },
      rulebookId: RULEBOOK,
      period: PERIOD,
      before: 5,
      limit: 3,
    });
    expect(listed.map(({ revision }) => revision)).toEqual([4, 3, 2]);
  });

  it('of the same subjects in opposite orders never deadlock', async () => {
    const codes = Array.from({ length: 40 }, (_, i) => `order-${i}`);
    await Promise.all(
      Array.from({ length: 12 }, (_, writer) =>
        // A deadlock would show: it is not tried again.
        keepAll(
          database.pool,
          (writer % 2 ? codes : [...codes].reverse()).map((code) => submissionOf(code)),
          { attempts: 1 },
        ),
      ),
    );
    const { rows } = await database.pool.query(
      `SELECT DISTINCT count(*)::int AS n, max(revision)::int AS last FROM tanxiao.submissions s
       JOIN tanxiao.subjects j ON j.id = s.subject_id WHERE j.code LIKE 'order-%' GROUP BY subject_id`,
    );
    expect(rows).toEqual([{ n: 12, last: 12 }]);
  });

  it('of one subject in one call get consecutive revisions in the order given, per period', async () => {
    const item = submissionOf('several');
    await keepAll(database.pool, [item]);
    const kept = await keepAll(database.pool, [
      item,
      submissionOf('other'),
      { ...item, period: '2026' },
      item,
    ]);
    expect(kept.map(({ revision }) => revision)).toEqual([2, 1, 1, 3]);
  });

  it('of an upload’s row are kept once', async () => {
    const uploadId = '01890000-0000-7000-8000-000000000001';
    const keep = (rows: number[]) =>
      inTransaction(database.pool, (tx) =>
        keepSubmissions(
          tx,
          {
            rulebookId: RULEBOOK,
            inputNames: INPUT_NAMES,
            uploadId,
            items: rows.map((rowNumber) => ({
              submission: submissionOf(`row-${rowNumber}`),
              rowNumber,
            })),
          },
          BY,
        ),
      );
    const first = await keep([2, 3]);
    const again = await keep([2, 3, 4]);
    expect(again.map(({ alreadyKept }) => alreadyKept)).toEqual([true, true, false]);
    expect(again.slice(0, 2).map(({ id }) => id)).toEqual(first.map(({ id }) => id));
    const { rows } = await database.pool.query<{ n: number }>(
      `SELECT sum(cardinality(submission_ids))::int AS n FROM tanxiao.outbox WHERE upload_id = $1`,
      [uploadId],
    );
    expect(rows[0]!.n).toBe(3);
  });

  it('leave nothing where the caller’s transaction fails', async () => {
    const failing = inTransaction(database.pool, async (tx) => {
      await keepSubmissions(
        tx,
        {
          rulebookId: RULEBOOK,
          inputNames: INPUT_NAMES,
          items: [{ submission: submissionOf('rolled-back') }],
        },
        BY,
      );
      throw new Error('the caller changed its mind');
    });
    await expect(failing).rejects.toThrow('changed its mind');
    const { rows } = await database.pool.query(
      `SELECT FROM tanxiao.subjects WHERE code = 'rolled-back'`,
    );
    expect(rows).toEqual([]);
  });

  it('wait in the outbox, at most 500 to a row, each exactly once', async () => {
    await database.pool.query(`UPDATE tanxiao.outbox SET due_at = 'infinity'`);
    const kept = await keepAll(
      database.pool,
      Array.from({ length: 1201 }, (_, i) => submissionOf(`outbox-${i}`)),
    );
    const groups = await claimOutbox(database.pool);
    const rows = await loadOutbox(
      database.pool,
      groups.flatMap(({ outboxIds }) => outboxIds),
    );
    expect(rows.map(({ submissionIds }) => submissionIds.length)).toEqual([500, 500, 201]);
    expect(MAX_SUBMISSIONS_PER_ROW).toBe(500);
    expect(rows.flatMap(({ submissionIds }) => submissionIds)).toEqual(kept.map(({ id }) => id));
  });

  it('hold no value that is not finite, nor inputs of a wrong length', async () => {
    for (const value of [Number.NaN, Infinity, -Infinity])
      await expect(
        keepAll(database.pool, [submissionOf('not-finite', { inputs: [1, value, null] })]),
      ).rejects.toMatchObject({ code: 'not-a-quantity' });
    await expect(
      keepAll(database.pool, [submissionOf('short', { inputs: [1] })]),
    ).rejects.toMatchObject({ code: 'bad-argument' });
  });

  it('hold hostile text as text', async () => {
    const hostile = [`'; DROP TABLE tanxiao.ratings; --`, `"},{"`, `\\`, `{NULL}`, `$1`, `%_`];
    const kept = await keepAll(
      database.pool,
      hostile.map((text) => submissionOf(text, { name: text, industryCode: text })),
    );
    for (const [i, text] of hostile.entries()) {
      const row = await getSubmission(database.pool, kept[i]!.id);
      expect(row).toMatchObject({ name: text, industryCode: text, subject: { code: text } });
    }
  });
});
