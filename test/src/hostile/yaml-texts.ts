/** Hostile YAML: bombs, tags, merge keys, nesting, and texts that make a parser slow. */
import { type HostileCase, PERIOD, shippedTexts } from './hostile-case';

const SIZE = 900_000;
const fill = (text: string): string => text.repeat(Math.floor(SIZE / text.length));

function distinctKeys(before: string, after: string): string {
  let text = before;
  for (let i = 0; text.length < SIZE; i++) text += i.toString(36) + after;
  return text;
}

const BOMB = `a: &a [x,x,x,x,x,x,x,x,x]
b: &b [*a,*a,*a,*a,*a,*a,*a,*a]
c: &c [*b,*b,*b,*b,*b,*b,*b,*b]
d: &d [*c,*c,*c,*c,*c,*c,*c,*c]
e: &e [*d,*d,*d,*d,*d,*d,*d,*d]
f: [*e,*e,*e,*e,*e,*e,*e,*e]
`;

/** Each anchor is used a few times only, yet the whole is large: fifty times a list of twenty thousand. */
const WIDE_BOMB = `a: &a [${'{a: 1},'.repeat(20_000)}]\nb: [${'*a,'.repeat(49)}]\n`;

/** By name; texts are made only where they are tried. */
const TEXTS: Readonly<Record<string, () => string>> = {
  empty: () => '',
  'byte-order mark': () => '\ufeff',
  nul: () => '\u0000',
  'unpaired surrogate': () => 'title: \ud800',
  'alias bomb': () => BOMB,
  'wide alias bomb': () => WIDE_BOMB,
  'an anchor within itself': () => 'a: &a [*a]',
  'unknown alias': () => 'a: *nobody',
  'merge key': () => 'a: &a {rulebook: x}\n<<: *a\n',
  'merge of itself': () => 'a: &a\n  <<: *a\n',
  'function tag': () => 'rulebook: !!js/function "function(){ process.exit(1) }"',
  'regular-expression tag': () => 'rulebook: !!js/regexp /(a+)+$/',
  'binary tag': () => 'rulebook: !!binary aGVsbG8=',
  'set tag': () => 'rulebook: !!set {a, b}',
  'own tag': () => '%TAG ! tag:evil,2026:\n---\nrulebook: !x y',
  'prototype keys': () => '__proto__: {polluted: true}\nconstructor: {prototype: {polluted: true}}',
  'prototype keys in sources': () =>
    'sources: {__proto__: {title: {zh: a, en: b}, citation: c, status: assumed}}',
  'keys that are lists': () => '? [a, b]\n: c\n',
  'keys that are maps': () => '? {a: {b: c}}\n: d\n',
  'keys that are null': () => '~: 1\n? \n: 2\n',
  'several documents': () => 'a: 1\n---\nb: 2\n',
  'old version': () => '%YAML 1.1\n---\na: yes\n',
  'open lists': () => fill('['),
  'closed lists': () => '['.repeat(SIZE / 2) + ']'.repeat(SIZE / 2),
  'closed lists, few': () => '['.repeat(20_000) + ']'.repeat(20_000),
  'open maps': () => fill('{a: '),
  'lists in a line': () => fill('- '),
  'lists in a line that end': () => `${'- '.repeat(1000)}x\n- y\n`,
  'keys in a line': () => fill('? '),
  'values in a line': () => fill(': '),
  'block maps ever deeper': () =>
    Array.from({ length: 1200 }, (_, i) => `${' '.repeat(i)}a:\n`).join(''),
  'keys in a flow list': () => `[a${' b: c'.repeat(30_000)}]`,
  'distinct keys': () => distinctKeys('', ':\n'),
  'distinct keys in a flow map': () => distinctKeys('{', ','),
  'the same key': () => fill('a:\n'),
  'numbers in a list': () => `[${fill('1,')}]`,
  'commas in a list': () => `[${fill(',')}]`,
  'wrong escapes in a line': () => `"${fill('\\q')}"`,
  'wrong values': () => fill('a: @\n'),
  quotes: () => fill('"'),
  'single quotes': () => fill("'"),
  anchors: () => fill('- &a b\n'),
  aliases: () => `- &a b\n${fill('- *a\n')}`,
  'unknown aliases': () => fill('- *a\n'),
  tags: () => fill('- !foo b\n'),
  exclamations: () => fill('!'),
  directives: () => fill('%YAML 1.2\n'),
  'document marks': () => fill('---\n'),
  comments: () => fill('#\n'),
  'empty lines': () => fill('\n'),
  spaces: () => fill(' '),
  tabs: () => fill('\t'),
  'folded lines': () => `"${fill('a\n\n')}"`,
  'plain lines': () => `a: ${fill('b\n ')}`,
  'block scalar': () => `a: |\n${fill(' x\n')}`,
  'folded block scalar': () => `a: >\n${fill(' x\n\n')}`,
  'many block scalars': () => fill('a: |\n x\n'),
  'an integer of a million digits': () => `a: ${fill('1')}`,
  'a float of a million digits': () => `a: 0.${fill('1')}`,
  'a key of a million characters': () => `${fill('k')}: 1`,
  'just at the limit': () => 'a'.repeat(1_000_000),
  'beyond the limit': () => 'a'.repeat(1_000_001),
  'unknown fields': () => `{${Array.from({ length: 12_000 }, (_, i) => `f${i}: 1`).join(',')}}`,
};

export function hostileYaml(): readonly (() => HostileCase)[] {
  const { rulebook, factorSet } = shippedTexts()[0]!;
  return Object.entries(TEXTS).flatMap(([name, text]) => [
    () => ({ kind: 'yaml', name, rulebook: text(), factorSet, period: PERIOD }),
    () => ({
      kind: 'yaml',
      name: `${name}, as factor set`,
      rulebook,
      factorSet: text(),
      period: PERIOD,
    }),
    // After a whole rulebook: what a parser does late.
    () => ({
      kind: 'yaml',
      name: `${name}, after a rulebook`,
      rulebook: `${rulebook}\nadded:\n  ${text()}`,
      factorSet,
      period: PERIOD,
    }),
  ]);
}
