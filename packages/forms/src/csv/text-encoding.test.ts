import fc from 'fast-check';

import { FileProblem } from '../file-problem';
import { bytesOf, collect } from '../testing/streams';
import { utf8Bytes } from './text-encoding';

const decode = async (bytes: Buffer, chunk = 65_536): Promise<string> =>
  Buffer.concat(await collect(utf8Bytes(bytesOf(bytes, chunk)))).toString('utf8');

const problem = async (bytes: Buffer, chunk?: number): Promise<string> => {
  const error: unknown = await decode(bytes, chunk).catch((e: unknown) => e);
  if (!(error instanceof FileProblem)) throw new Error(`no problem but ${String(error)}`);
  return error.code;
};

/** 湖州 in GB18030; Node can decode it but not encode. */
const HUZHOU_GB = Buffer.from([0xba, 0xfe, 0xd6, 0xdd]);

describe('the encoding of a text file', () => {
  test('UTF-8 with or without a mark, and UTF-16 with one, come out the same however they are chunked', async () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((t) => !/\0|\ufeff/.test(t));
    const mark = Buffer.from([0xef, 0xbb, 0xbf]);
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 9 }), async (content, chunk) => {
        const utf8 = Buffer.from(content);
        fc.pre(utf8.readUInt8(0) !== 0x50);
        expect(await decode(utf8, chunk)).toBe(content);
        expect(await decode(Buffer.concat([mark, utf8]), chunk)).toBe(content);
        const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(content, 'utf16le')]);
        expect(await decode(utf16, chunk)).toBe(content);
      }),
      { numRuns: 200 },
    );
  });

  test('GB18030 is recognised, also where the first Chinese character comes after 200 KB', async () => {
    const ascii = Buffer.from('a,1\n'.repeat(50_000));
    expect(await decode(Buffer.concat([HUZHOU_GB, Buffer.from(',1\n')]), 1)).toBe('湖州,1\n');
    expect(await decode(Buffer.concat([ascii, HUZHOU_GB]))).toBe(`${ascii.toString()}湖州`);
  });

  test('a file that changes its encoding half way is refused with the place', async () => {
    const utf8 = Buffer.from('湖州,1\n'.repeat(20_000));
    expect(await problem(Buffer.concat([utf8, HUZHOU_GB]))).toBe('encoding-mixed');
  });

  test('what is no text is refused by what it is', async () => {
    expect(await problem(Buffer.from([0x50, 0x4b, 3, 4, 0, 0]))).toBe('xlsx-sent-as-csv');
    expect(await problem(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), 2)).toBe(
      'old-or-encrypted-workbook',
    );
    expect(await problem(Buffer.from('a\0b'))).toBe('not-text');
    expect(await problem(Buffer.from([0x61, 0xff, 0xff, 0xff, 0xff]))).toBe('encoding-unknown');
    expect(await problem(Buffer.from('湖州').subarray(0, 5))).toMatch(/encoding/);
  });

  test('an empty file is no problem of encoding', async () => {
    expect(await decode(Buffer.alloc(0))).toBe('');
  });
});
