import fc from 'fast-check';

import { ByteKeys } from './byte-keys';

test('equal bytes have one number, wherever they stand; different ones are numbered as they come', () => {
  const key = fc.uint8Array({ maxLength: 6, max: 3 });
  fc.assert(
    fc.property(fc.array(key, { maxLength: 2000 }), fc.nat(5), (keys, offset) => {
      const numbers = new ByteKeys();
      const expected = new Map<string, number>();
      for (const bytes of keys) {
        const text = bytes.join(' ');
        if (!expected.has(text)) expected.set(text, expected.size);
        const source = Buffer.concat([Buffer.alloc(offset, 9), bytes, Buffer.from([9])]);
        expect(numbers.idOf(source, offset, offset + bytes.length)).toBe(expected.get(text));
      }
      expect(numbers.size).toBe(expected.size);
    }),
    { numRuns: 50 },
  );
});

test('thousands of keys keep their numbers while room is made for more', () => {
  const numbers = new ByteKeys();
  const keys = Array.from({ length: 5000 }, (_, n) => Buffer.from(`3305${n} ${n % 97}`));
  for (let round = 0; round < 2; round++)
    keys.forEach((key, n) => expect(numbers.idOf(key, 0, key.length)).toBe(n));
});
