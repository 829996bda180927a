import { decodeRankKeys, encodeRankKeys, type RoomForKeys } from './rank-keys';

const newRoom: RoomForKeys = (count) => ({
  values: new Float64Array(count),
  placeOf: new Int32Array(count),
});

const PLACES = ['330502', '330521'].map((regionCode) => ({
  ...{ regionCode, industryClassification: 'gbt4754-2017', industryCode: '1751' },
}));

test('keys come back as they were, wherever their bytes stand', () => {
  const keys = {
    values: Float64Array.of(1.5, NaN, -1e-300, 0),
    places: PLACES,
    placeOf: Int32Array.of(0, 1, 1, 0),
  };
  const bytes = encodeRankKeys(keys);
  for (const offset of [0, 1, 3]) {
    const moved = Buffer.concat([Buffer.alloc(offset), bytes]).subarray(offset);
    expect(decodeRankKeys(moved, newRoom)).toEqual(keys);
  }
});

test('doubles and integers stand with their lowest byte first, on every machine', () => {
  const bytes = encodeRankKeys({
    values: Float64Array.of(1),
    places: [],
    placeOf: Int32Array.of(258),
  });
  expect(bytes.subarray(-12).toString('hex')).toBe('000000000000f03f02010000');
});

test('bytes that are not whole are refused', () => {
  const bytes = encodeRankKeys({
    values: Float64Array.of(1),
    places: PLACES,
    placeOf: Int32Array.of(0),
  });
  expect(() => decodeRankKeys(bytes.subarray(0, -1), newRoom)).toThrow(/bytes in place of/);
  expect(() => decodeRankKeys(bytes, () => newRoom(0))).toThrow(
    /1 keys to rank by, and room for 0/,
  );
  bytes.writeUInt32LE(7, 0);
  expect(() => decodeRankKeys(bytes, newRoom)).toThrow(/version 7/);
});
