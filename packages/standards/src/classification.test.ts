/** Guarantees of the industry classification: complete, a tree, and read the same with or without section letters. */
import {
  CLASSIFICATION_LEVELS,
  loadClassification,
  parseClassificationEntries,
} from './classification';
import { loadClassificationConversion } from './classification-conversion';

const classification = loadClassification('gbt4754-2017');

test('GB/T 4754-2017 has 20 sections, 97 divisions, 473 groups and 1,381 classes', () => {
  const counts = CLASSIFICATION_LEVELS.map(
    (level) => classification.entries().filter((entry) => entry.level === level).length,
  );
  expect(counts).toEqual([20, 97, 473, 1381]);
  expect(classification.classes()).toHaveLength(1381);
});

test('the digits of a code begin with the digits of the entry above it', () => {
  const digits = new Map(classification.meta.levels.map((level) => [level.id, level.digits]));
  for (const entry of classification.entries()) {
    if (entry.level === 'section') continue;
    expect(entry.numericCode).toHaveLength(digits.get(entry.level)!);
    const parent = classification.get(entry.parent!)!;
    const isPrefix = parent.level === 'section' || entry.numericCode.startsWith(parent.numericCode);
    expect([entry.code, isPrefix]).toEqual([entry.code, true]);
  }
});

test('a code is the same entry with and without its section letter', () => {
  for (const entry of classification.entries()) {
    expect(classification.get(entry.numericCode)).toBe(entry);
    expect(classification.get(entry.code)).toBe(entry);
  }
  expect(classification.get('C1711')?.numericCode).toBe('1711');
  expect(classification.get('17')?.level).toBe('division');
  expect(classification.get('171')?.level).toBe('group');
});

test.each(['', 'A1711', '1710', '9999', '17110', ' 1711', 'C'.repeat(4), '__proto__'])(
  '"%s" is not a code',
  (code) => {
    expect(classification.has(code)).toBe(false);
    expect(classification.ancestors(code)).toEqual([]);
    expect(classification.isHighEnergy(code)).toBe(false);
  },
);

test('ancestors run from the nearest to the section, and atLevel picks one of them', () => {
  expect(classification.ancestors('1711').map((entry) => entry.code)).toEqual(['C171', 'C17', 'C']);
  expect(classification.atLevel('1711', 'group')?.numericCode).toBe('171');
  expect(classification.atLevel('1711', 'class')?.nameZh).toBe('棉纺纱加工');
  expect(classification.atLevel('17', 'class')).toBeUndefined();
});

test('exactly divisions 25, 26, 30, 31, 32 and 44, with all below them, are high-energy', () => {
  const highEnergy = new Set(['25', '26', '30', '31', '32', '44']);
  for (const entry of classification.entries()) {
    const division = classification.atLevel(entry.code, 'division')?.numericCode ?? '';
    expect([entry.code, classification.isHighEnergy(entry.code)]).toEqual([
      entry.code,
      highEnergy.has(division),
    ]);
  }
});

test('a table whose parent is missing, or stands at the wrong level, is refused', () => {
  const header = 'code,name_zh,level,parent,numeric_code,high_energy\n';
  const section = 'C,制造业,section,,C,0\n';
  expect(() =>
    parseClassificationEntries('t.csv', `${header}C17,纺织业,division,C,17,0\n`),
  ).toThrow('t.csv, C17: parent "C" does not fit');
  expect(() =>
    parseClassificationEntries('t.csv', `${header}${section}C171,棉纺织,group,C,171,0\n`),
  ).toThrow('parent "C" does not fit');
  expect(() => parseClassificationEntries('t.csv', `${header}${section}${section}`)).toThrow(
    'stands in the file twice',
  );
});

test('every successor of a 2011 code is a class of the 2017 edition', () => {
  const conversion = loadClassificationConversion('gbt4754-2011-2017');
  expect(conversion.pairs()).toHaveLength(1401);
  const unknown = conversion
    .pairs()
    .filter((pair) => classification.get(pair.to)?.level !== 'class');
  expect(unknown).toEqual([]);
  expect(conversion.successorsOf('2512')).toEqual(['2519', '2541', '2542']);
  expect(conversion.predecessorsOf('2541')).toContain('2512');
  expect(conversion.successorsOf('0000')).toEqual([]);
});
