import { personKey, personNameSchema } from './person-name';

test.each([
  ['王伟', ' 王 伟 '],
  ['Zhang San', 'ｚｈａｎｇ　ｓａｎ'],
  ['Groß', 'GROSS'],
])('%p and %p are one person', (one, other) => {
  expect(personKey(one)).toBe(personKey(other));
});

test('two names are two people', () => {
  expect(personKey('王伟')).not.toBe(personKey('王炜'));
});

test.each(['', '   ', '王\u200b伟', '王\u0000', '王\n伟', '\ud800', 'x'.repeat(101)])(
  '%j is no name',
  (name) => {
    expect(personNameSchema.safeParse(name).success).toBe(false);
  },
);
