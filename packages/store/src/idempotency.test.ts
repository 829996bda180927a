import {
  completeIdempotency,
  forgetIdempotencyKeys,
  inTransaction,
  reserveIdempotency,
  type Transaction,
} from './index';
import { openDatabase, type StoreDatabase } from './testing/database';

describe('an idempotency key', () => {
  let database: StoreDatabase;
  beforeAll(async () => {
    database = await openDatabase();
  });
  afterAll(() => database.drop());

  const reserve = (tx: Transaction, key: string, requestHash = 'hash') =>
    reserveIdempotency(tx, { actor: 'actor', key, requestHash, requestId: 'request' });

  it('answers a repeated request with the first answer, number for number', async () => {
    const body = { b: 1, a: ['示例', null], big: 123456789012345 };
    await inTransaction(database.pool, async (tx) => {
      expect(await reserve(tx, 'again')).toEqual({ state: 'reserved' });
      await completeIdempotency(tx, { actor: 'actor', key: 'again' }, { status: 202, body });
    });
    const second = await inTransaction(database.pool, (tx) => reserve(tx, 'again'));
    expect(second).toEqual({ state: 'done', status: 202, body });
    expect(second.state === 'done' && JSON.stringify(second.body)).toBe(JSON.stringify(body));
  });

  it('tells a request of another content apart', async () => {
    await inTransaction(database.pool, async (tx) => {
      await reserve(tx, 'other');
      await completeIdempotency(tx, { actor: 'actor', key: 'other' }, { status: 200, body: {} });
    });
    const second = await inTransaction(database.pool, (tx) => reserve(tx, 'other', 'another hash'));
    expect(second).toEqual({ state: 'mismatch' });
  });

  it('is in progress for a second request at the same time, which does not wait', async () => {
    await inTransaction(database.pool, async (first) => {
      await reserve(first, 'busy');
      expect(await inTransaction(database.pool, (second) => reserve(second, 'busy'))).toEqual({
        state: 'in-progress',
      });
    });
  });

  it('is free again when the first request failed', async () => {
    await expect(
      inTransaction(database.pool, async (tx) => {
        await reserve(tx, 'failed');
        throw new Error('no effect');
      }),
    ).rejects.toThrow('no effect');
    expect(await inTransaction(database.pool, (tx) => reserve(tx, 'failed'))).toEqual({
      state: 'reserved',
    });
  });

  it('lets exactly one of many requests at once have the effect', async () => {
    const states = await Promise.all(
      Array.from({ length: 15 }, () =>
        inTransaction(database.pool, async (tx) => {
          const { state } = await reserve(tx, 'race');
          if (state === 'reserved')
            await completeIdempotency(tx, { actor: 'actor', key: 'race' }, { status: 1, body: 1 });
          return state;
        }),
      ),
    );
    expect(states.filter((state) => state === 'reserved')).toHaveLength(1);
    expect(states).not.toContain('mismatch');
  });

  it('is forgotten after the time stated, not before', async () => {
    await database.pool.query(
      `INSERT INTO tanxiao.idempotency_keys VALUES ('actor', 'old', 'h', 200, '{}', 'r', now() - interval '8 days')`,
    );
    expect(await forgetIdempotencyKeys(database.pool, 7)).toBe(1);
  });
});
