/** Seeded mutations of the shipped documents' text: lines deleted, doubled, swapped; numbers, names, indentation. */
import type { Random } from '../agreement/random';
import { type HostileCase, PERIOD, shippedTexts } from './hostile-case';

const FRAGMENTS = [
  ...['[', ']', '{', '}', '"', "'", ':', '- ', '? ', '|', '>', '#', '&a ', '*a', '!!x ', '%', '\t'],
  ...[
    '__proto__',
    'constructor',
    '1e308',
    '-0',
    '.nan',
    '\u0000',
    '\ud800',
    '\u202e',
    '<<: *a',
    '~',
  ],
];

type Mutation = (lines: string[], random: Random) => void;

const anyLine = (lines: readonly string[], random: Random): number =>
  random.integer(0, lines.length - 1);

function replaceMatch(pattern: RegExp, by: (found: string, random: Random) => string): Mutation {
  return (lines, random) => {
    const at = anyLine(lines, random);
    const found = [...lines[at]!.matchAll(pattern)];
    if (found.length === 0) return;
    const match = random.pick(found);
    lines[at] =
      lines[at]!.slice(0, match.index) +
      by(match[0], random) +
      lines[at]!.slice(match.index + match[0].length);
  };
}

const MUTATIONS: readonly Mutation[] = [
  (lines, random) => void lines.splice(anyLine(lines, random), 1),
  (lines, random) => {
    const at = anyLine(lines, random);
    lines.splice(at, 0, lines[at]!);
  },
  (lines, random) => {
    const [a, b] = [anyLine(lines, random), anyLine(lines, random)];
    [lines[a], lines[b]] = [lines[b]!, lines[a]!];
  },
  (lines, random) => {
    const at = anyLine(lines, random);
    lines[at] = random.chance(0.5) ? `  ${lines[at]}` : lines[at]!.replace(/^ {1,2}/, '');
  },
  (lines, random) => {
    const at = anyLine(lines, random);
    const from = random.integer(0, lines[at]!.length);
    lines[at] = lines[at]!.slice(0, from) + random.pick(FRAGMENTS) + lines[at]!.slice(from);
  },
  (lines, random) => {
    const at = anyLine(lines, random);
    const from = random.integer(0, lines[at]!.length);
    lines[at] = lines[at]!.slice(0, from) + lines[at]!.slice(from + random.integer(1, 8));
  },
  replaceMatch(/\d+(?:\.\d+)?/g, (found, random) =>
    random.pick(['0', '-1', '1e15', '1e-15', '1e308', '0.1', `${found}0`, `-${found}`, '1e400']),
  ),
  replaceMatch(/\d+(?:\.\d+)?/g, (_, random) => String(random.integer(0, 1000) / 100)),
  replaceMatch(/[a-z]\w{3,}/g, (found, random) =>
    random.pick(['constructor', 'x', `${found}_2`, found.slice(1), 'carrier_33', 'benchmark']),
  ),
  replaceMatch(/ [-+*/<>]=? /g, (_, random) => random.pick([' + ', ' - ', ' * ', ' / ', ' <= '])),
];

function mutated(text: string, random: Random): string {
  const lines = text.split('\n');
  const times = random.integer(1, random.chance(0.7) ? 2 : 12);
  for (let i = 0; i < times && lines.length > 1; i++) random.pick(MUTATIONS)(lines, random);
  return lines.join('\n');
}

export function mutatedText(random: Random, serial: number): HostileCase {
  const { rulebook, factorSet } = random.pick(shippedTexts());
  const inFactors = random.chance(0.15);
  return {
    kind: 'fuzz: text',
    name: String(serial),
    rulebook: inFactors ? rulebook : mutated(rulebook, random),
    factorSet: inFactors ? mutated(factorSet, random) : factorSet,
    period: PERIOD,
  };
}
