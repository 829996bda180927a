/** Hostile numbers wherever a number stands, and formulas that try to reach JavaScript, to nest or to grow. */
import { changed, type Documents, type HostileCase, put } from './hostile-case';

const NUMBERS = [
  ...['1e308', '1e-320', '1e400', '-1e400', '.inf', '-.inf', '.nan', '-0', '-0.0', '0x10', '0o17'],
  ...['1e15', '999999999999999', '-999999999999999', '1e-15', '1e-16', '0.1234567890123456'],
  ...['9007199254740993', '1_000', '"1"', '1e', '1'.repeat(5000), `1e${'9'.repeat(5000)}`, '0'],
];

const PLACES: readonly (readonly (string | number)[])[] = [
  ['rulebook', 'parameters', 0, 'values', 0, 'value'],
  ['rulebook', 'parameters', 4, 'values', 0, 'value'],
  ['rulebook', 'inputs', 0, 'minimum'],
  ['rulebook', 'inputs', 0, 'missing', 'value'],
  ['rulebook', 'families', 0, 'minimum'],
  ['rulebook', 'families', 0, 'missing', 'value'],
  ['rulebook', 'families', 0, 'members', 0, 'minimum'],
  ['rulebook', 'families', 0, 'members', 0, 'maximum'],
  ['rulebook', 'results', 'columns', 0, 'decimals'],
  ['rulebook', 'peers', 0, 'groups', 0, 'industryDigits'],
  ['factorSet', 'factors', 0, 'product', 0, 'value'],
  ['factorSet', 'factors', 0, 'product', 0, 'over'],
  ['factorSet', 'factors', 1, 'table', 0, 'value'],
  ['factorSet', 'factors', 1, 'table', 0, 'year'],
];

const MARK = 424_242;

/** The number is written as it is: JSON has no word for most of these. */
function numberAt(path: readonly (string | number)[], number: string): HostileCase {
  const made = changed('numbers', `${number.slice(0, 20)} at ${path.join('.')}`, (documents) => {
    if (path.includes('missing')) put(documents, path.slice(0, -1), {});
    put(documents, path, MARK);
  });
  const write = (text: string): string => text.replace(String(MARK), () => number);
  return { ...made, rulebook: write(made.rulebook), factorSet: write(made.factorSet) };
}

const V = 'carrier_15';
const repeat = (text: string, times: number): string => text.repeat(times);

const FORMULAS: Readonly<Record<string, string>> = {
  'a way to JavaScript': `${V}.constructor.constructor("return process")()`,
  'an index': `${V}["constructor"]`,
  'a call of a name': 'constructor()',
  'an import': 'import("fs")',
  'a parser': 'parser().evaluate("1")',
  'an assignment': `${V} = 1`,
  'a function': 'f(x) = f(x)',
  'a block': `${V}; ${V}`,
  lines: `${V}\n${V}`,
  'a comment': `${V} # process.exit()`,
  'a string': '"x"',
  'a range': '1:1e9',
  'a matrix': '[1,1;1,1]',
  'an object': '{"__proto__": 1}',
  'a unit': '1 kg',
  'a power tower': '9^9^9^9',
  'a power of a value': `${V}^${V}`,
  'a factorial': '100!',
  'a percentage': `${V}%`,
  'big factorials': '100!!!!!!',
  'a conversion': `${V} to kg`,
  bits: '1 << 100',
  'not a number': 'NaN',
  infinity: 'Infinity',
  'an imaginary number': '1i',
  'a hexadecimal number': `${V} * 0x64`,
  'a large integer': '1e400',
  'no formula': '   ',
  'deep parentheses': `${repeat('(', 999)}1${repeat(')', 999)}`,
  'open parentheses': repeat('(', 1999),
  'deep signs': `${repeat('-', 1900)}1`,
  'deep signs with spaces': `${repeat('- ', 900)}1`,
  'deep not': `${repeat('not ', 480)}true`,
  'deep powers': `${repeat('1^', 900)}1`,
  'deep choices': `${repeat('1<0?1:', 25)}1`,
  'deep choices within': `${repeat('1<0?', 300)}1${repeat(':1', 300)}`,
  'deep calls': `${repeat('min(1,', 25)}1${repeat(')', 25)}`,
  'deep indices': `a${repeat('[1', 300)}${repeat(']', 300)}`,
  'a sum': Array<string>(50).fill(V).join('+'),
  'a long sum': Array<string>(250).fill('1').join('+'),
  'a long product': `${V}*0+${Array<string>(50).fill('1').join('*')}`,
  'a power product': Array<string>(8).fill(V).join('*'),
  'a long power product': Array<string>(50).fill(V).join('*'),
  'a long minimum': `min(${Array<string>(150).fill(V).join(',')})`,
  'many divisions': `${V}${repeat('/100', 50)}`,
  'zero by zero': `${V} + 0/0`,
  'an underflow that comes back': `${V}${repeat('/100', 58)}`,
  'unicode names': 'ｃarrier_15 + \u200bcarrier_15',
  nul: `${V}\u0000`,
};

function formulaOf(name: string, formula: string): HostileCase {
  return changed('formulas', name, ({ rulebook }: Documents) => {
    const calculation = rulebook.calculations[1]!;
    calculation.formula = formula;
  });
}

/** The formula stands where its unit agrees: it multiplies what is dimensionless. */
function harmlessUnits(name: string, formula: string): HostileCase {
  return changed('formulas', `${name}, units that agree`, ({ rulebook, factorSet }) => {
    for (const member of rulebook.families[0]!.members) member.unit = '1';
    for (const factor of factorSet.factors) factor.unit = '1';
    rulebook.inputs[0]!.unit = '1';
    for (const calculation of rulebook.calculations) calculation.unit = '1';
    rulebook.peers[0]!.unit = '1';
    const calculation = rulebook.calculations[1]!;
    calculation.formula = formula;
    rulebook.notRated[0]!.when = 'revenue_10k_cny < 0';
    rulebook.notRated[0]!.withholds = ['gas_emissions_tco2', 'electricity_emissions_tco2'];
  });
}

function conditionOf(name: string, condition: string): HostileCase {
  return changed('formulas', `condition: ${name}`, ({ rulebook }) => {
    for (const member of rulebook.families[0]!.members) member.unit = '1';
    rulebook.notRated.find((rule) => rule.reason === 'no-energy')!.when = condition;
  });
}

const CONDITIONS: Readonly<Record<string, string>> = {
  'an underflowing product above zero': `${Array<string>(25).fill(V).join('*')} > 0`,
  'an underflowing product equal to zero': `${Array<string>(25).fill(V).join('*')} == 0`,
  'an overflowing product': `${Array<string>(25).fill(V).join('*')} > ${V}`,
  'a division by what may be zero': `1/${V} > 0`,
  'a long chain of and': Array<string>(100).fill(`${V}>0`).join(' and '),
  'minus zero': `-0 == 0 and -${V} <= 0`,
};

export function hostileNumbers(): readonly (() => HostileCase)[] {
  return [
    ...PLACES.flatMap((path) => NUMBERS.map((number) => () => numberAt(path, number))),
    ...Object.entries(FORMULAS).flatMap(([name, formula]) => [
      () => formulaOf(name, formula),
      () => harmlessUnits(name, formula),
    ]),
    ...Object.entries(CONDITIONS).map(
      ([name, text]) =>
        () =>
          conditionOf(name, text),
    ),
  ];
}
