import { csvBytes, csvLine, encodeGbk } from './csv-text';

it('a field with a comma, a quote or a line break is quoted', () => {
  expect(csvLine(['a', '1,234.5', 'say "x"', 'two\nlines', ''])).toBe(
    'a,"1,234.5","say ""x""","two\nlines",',
  );
});

describe('GBK', () => {
  it('decodes to what was encoded', () => {
    const text = '吴兴示例纺织有限公司0001,约1200,见附表,#REF!\r\n';
    expect(new TextDecoder('gbk').decode(encodeGbk(text))).toBe(text);
  });

  it('uses the standard’s bytes', () => {
    expect(encodeGbk('中A文')).toEqual(Buffer.from([0xd6, 0xd0, 0x41, 0xce, 0xc4]));
  });

  it('refuses a character it does not have', () => {
    expect(() => encodeGbk('𠮷')).toThrow(RangeError);
  });
});

it('a file has its byte order mark and line ends as stated', () => {
  expect(csvBytes(['a'], { encoding: 'utf-8-bom', lineEnd: 'lf' })).toEqual(
    Buffer.from([0xef, 0xbb, 0xbf, 0x61, 0x0a]),
  );
  expect(csvBytes(['a'], { encoding: 'utf-8', lineEnd: 'crlf' }).toString()).toBe('a\r\n');
});
