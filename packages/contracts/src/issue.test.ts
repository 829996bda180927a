import { ISSUE_TEXTS, type IssueCode, issueTexts, issueView } from './issue';
import { languageOf } from './language';

const CODES = Object.keys(ISSUE_TEXTS) as IssueCode[];

test.each(CODES)('%s says what and how to mend it, in both languages', (code) => {
  for (const text of [ISSUE_TEXTS[code].message, ISSUE_TEXTS[code].hint]) {
    expect(text.zh).not.toBe('');
    expect(text.en).not.toBe('');
  }
});

test('each language names an input by its own title', () => {
  const issue = {
    code: 'required',
    params: { title: '营业收入', titleEn: 'Revenue' },
  } as const;
  expect(issueTexts(issue).message).toEqual({
    zh: '缺少必填项“营业收入”',
    en: '"Revenue" is required but missing',
  });
});

test('what was seen is quoted back, but never at length', () => {
  const view = issueView(
    { code: 'not-a-number', seen: 'x'.repeat(5000), params: { title: 't', unit: 't' } },
    'en',
  );
  expect(view.message.length).toBeLessThan(200);
  expect(view.seen?.length).toBeLessThan(100);
});

test.each([
  [undefined, 'zh'],
  ['en-GB,en;q=0.9', 'en'],
  ['fr, en;q=0.5, zh;q=0.8', 'zh'],
  ['en;q=abc', 'en'],
  ['*', 'zh'],
])('Accept-Language %s is answered in %s', (header, language) => {
  expect(languageOf(header)).toBe(language);
});
