/** Hostile names and texts: prototypes, reserved words, the kernel's own variables, templates, unicode. */
import {
  caseOf,
  changed,
  type Documents,
  type HostileCase,
  put,
  smallDocuments,
} from './hostile-case';

/** Members of every object, words of JavaScript, and variables of generated code. */
const NAMES = [
  ...['__proto__', 'constructor', 'prototype', 'toString', 'tostring', 'valueof', 'hasOwnProperty'],
  ...['input', 'output', 'from', 'to', 'i', 'refer', 'reasons', 'arguments', 'eval', 'let', 'var'],
  ...['v0', 'm0', 'n0', 'd_0', 'b_0', 't_0', 'w0', 'h0', 'bands0', 'x0', 'f0', 'provinces', 's'],
  ...['this', 'new', 'process', 'require', 'globalthis', 'undefined', 'null', 'true', 'nan'],
  ...['end', 'mod', 'in', 'not', 'and', 'or', 'xor', 'e', 'pi', 'infinity', 'total', 'min', 'max'],
];

/** Every place in the small rulebook where an author chooses a name, with all that refers to it. */
const PLACES: Readonly<Record<string, string>> = {
  input: 'revenue_10k_cny',
  calculation: 'net_emissions_tco2',
  parameter: 'grade_1_limit',
  peers: 'benchmark',
  family: 'carrier',
  factor: 'emission_factor',
  grading: 'carbon_efficiency_grade',
  reason: 'no-energy',
  source: 'changxing',
  'factor set': 'cn-industrial',
};

function renamed(place: string, old: string, name: string): HostileCase {
  const documents = smallDocuments();
  const { rulebook, factorSet } = caseOf('names', `${place} ${name}`, documents);
  const rename = (text: string): string =>
    text.replace(new RegExp(`(?<![a-z0-9_-])${old}(?![a-z0-9-])`, 'g'), () => name);
  return {
    ...caseOf('names', `${place} ${name}`, documents),
    rulebook: rename(rulebook),
    factorSet: rename(factorSet),
  };
}

/** A source that nobody listed, though every object has a member of that name. */
function unlisted(name: string): HostileCase {
  return changed('names', `unlisted source ${name}`, ({ rulebook }) =>
    put(rulebook, ['calculations', 0, 'source'], name),
  );
}

const TEXTS: Readonly<Record<string, string>> = {
  'template injection': '${process.exit(1)}`;process.exit(1);//{constructor}{__proto__}{0}$&$1',
  quotes: `'";\\\n*/ process.exit(1) /*`,
  html: '<script>alert(1)</script>',
  'spreadsheet formula': '=cmd|"/C calc"!A0',
  'zero width': 'a\u200bb\u200d\ufeff',
  'right to left': '\u202egrade 1\u202c\u2066x\u2069',
  nul: 'a\u0000b',
  escape: '\u001b[31mred',
  'high surrogate': 'a\ud800',
  'low surrogate': '\udc00b',
  noncharacter: '\ufffe\uffff',
  'line separator': 'a\u2028b\u2029c',
  'catastrophic for a regular expression': `${'a'.repeat(1900)}!`,
  'two thousand characters': '碳'.repeat(2000),
  empty: '',
  megabytes: 'x'.repeat(900_000),
  'beyond megabytes': '碳'.repeat(2_000_000),
};

const TEXT_PATHS: readonly (readonly (string | number)[])[] = [
  ['title', 'zh'],
  ['sources', 'changxing', 'citation'],
  ['inputs', 0, 'title', 'en'],
  ['inputs', 0, 'unit'],
  ['calculations', 0, 'clause'],
  ['calculations', 0, 'formula'],
  ['notRated', 0, 'message', 'zh'],
  ['gradings', 0, 'bands', 0, 'title', 'zh'],
  ['gradings', 0, 'bands', 0, 'code'],
  ['label', 'zh'],
  ['peers', 0, 'groups', 0, 'level'],
  ['rulebook'],
  ['version'],
  ['factorSet', 'version'],
  ['effective', 'from'],
];

const ODD_VALUES: Readonly<Record<string, unknown>> = {
  path: '../../x',
  'absolute path': '/etc/passwd',
  'long version': `1.0.${'0'.repeat(500_000)}`,
  'date out of range': '2026-02-30',
  'year zero': '0000-01-01',
  'far date': '9999-12-31',
  'negative year': '-000001-01-01',
  null: null,
  list: [],
  map: {},
  number: 1,
};

function longLabel({ rulebook }: Documents): void {
  put(rulebook, ['label', 'zh'], '{carbon_efficiency_grade}'.repeat(80));
  for (const band of rulebook.gradings[0]!.bands) band.title.zh = '高'.repeat(2000);
}

export function hostileNames(): readonly (() => HostileCase)[] {
  return [
    ...NAMES.flatMap((name) => [
      ...Object.entries(PLACES).map(
        ([place, old]) =>
          () =>
            renamed(place, old, name),
      ),
      () => unlisted(name),
    ]),
    ...Object.entries(TEXTS).flatMap(([name, text]) =>
      TEXT_PATHS.map(
        (path) => () =>
          changed('texts', `${name} at ${path.join('.')}`, (d) => put(d.rulebook, path, text)),
      ),
    ),
    ...Object.entries(ODD_VALUES).flatMap(([name, value]) =>
      TEXT_PATHS.map(
        (path) => () =>
          changed('texts', `${name} at ${path.join('.')}`, (d) => put(d.rulebook, path, value)),
      ),
    ),
    () => changed('texts', 'a label that multiplies its bands', longLabel),
  ];
}
