import { isId, newId, newIds } from './ids';

const texts = (bytes: Buffer): string[] =>
  Array.from({ length: bytes.length / 16 }, (_, k) =>
    bytes
      .toString('hex', k * 16, k * 16 + 16)
      .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
  );

test('ids made one by one and many at once are UUIDv7 of their time, unique and in order, also when the clock goes back', () => {
  const now = Date.now();
  const ids = [
    newId(now),
    ...texts(newIds(5000, now)),
    newId(now - 1000),
    ...texts(newIds(3, now - 1000)),
    newId(now + 60_000),
  ];
  expect(ids.every(isId)).toBe(true);
  expect(new Set(ids).size).toBe(ids.length);
  expect([...ids].sort()).toEqual(ids);
  expect(parseInt(ids.at(-1)!.replaceAll('-', '').slice(0, 12), 16)).toBe(now + 60_000);
});
