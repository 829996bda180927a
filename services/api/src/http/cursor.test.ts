import { ProblemError } from '@tanxiao/contracts';
import fc from 'fast-check';
import { z } from 'zod';

import { cursorText, pageOf, readCursor } from './cursor';

const key = z.object({ id: z.uuid() });

describe('cursors', () => {
  it('a cursor reads back as the key it was made of', () => {
    const id = '01890000-0000-7000-8000-000000000000';
    expect(readCursor(cursorText({ id }), key)).toEqual({ id });
    expect(readCursor(undefined, key)).toBeNull();
  });

  it('any other text is refused with a sentence, never with a failure', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String(), fc.json().map(cursorText)), (text) => {
        expect(() => readCursor(text, key)).toThrow(ProblemError);
      }),
      { numRuns: 200 },
    );
  });

  it('the last page has no next one', () => {
    const page = (fetched: number[]) => pageOf(fetched, 2, String, (n) => n);
    expect(page([1, 2]).nextCursor).toBeNull();
    expect(page([1, 2, 3])).toEqual({ items: ['1', '2'], nextCursor: cursorText(2) });
  });
});
