/** Rulebooks whose exact values could grow without end are refused when their plan is compiled. */
import { parsePeriod } from '@tanxiao/contracts';

import { parseFactorSet } from '../document/factor-set';
import { RulebookError } from '../document/problems';
import { parseRulebook } from '../document/rulebook';
import { SMALL_FACTOR_SET, SMALL_RULEBOOK } from '../document/small.fixture';
import { compilePlan } from './compile';

/** The small rulebook with more calculations, each withheld where the note is zero, and another numerator. */
function codesOf(formulas: readonly string[], numerator = 'emissions'): string[] {
  const calculations = formulas.map(
    (formula, i) =>
      `  - { name: c${i}, title: { zh: 值, en: v }, unit: "1", formula: "${formula}", source: book, clause: "0" }\n`,
  );
  calculations.push(
    '  - { name: scaled, title: { zh: 值, en: v }, unit: tCO2, formula: "emissions * c0", source: book, clause: "0" }\n',
  );
  const names = formulas.map((_, i) => `c${i}`).join(', ');
  const text = SMALL_RULEBOOK.replace('peers:\n', `${calculations.join('')}peers:\n`)
    .replace(
      'notRated:\n',
      `notRated:\n  - { reason: no-note, when: note == 0, withholds: [${names}], message: { zh: 无, en: none } }\n`,
    )
    .replace('numerator: emissions', `numerator: ${numerator}`);
  try {
    compilePlan(
      parseRulebook(text, 'small.yaml'),
      parseFactorSet(SMALL_FACTOR_SET, 'few.yaml'),
      parsePeriod('2024')!,
    );
    return [];
  } catch (error) {
    if (error instanceof RulebookError) return error.problems.map((problem) => problem.code);
    throw error;
  }
}

const chain = (count: number, next: (before: string) => string): string[] =>
  Array.from({ length: count }, (_, i) => next(i === 0 ? 'note' : `c${i - 1}`));

test.each([
  ['squares', chain(30, (before) => `${before} * ${before}`)],
  ['products', chain(200, (before) => `${before} * note`)],
  ['quotients', chain(30, (before) => `note / (${before} + note)`)],
  ['sums of unlike quotients', chain(30, (before) => `${before} + note / (note + ${before})`)],
  ['a product of fifty', [Array<string>(50).fill('note').join('*')]],
])('%s in a row may need too many bits', (_, formulas) => {
  expect(codesOf(formulas)).toEqual(['value-too-large']);
});

test.each([
  ['sums in a row', chain(200, (before) => `${before} + note`)],
  ['products with a constant', chain(8, (before) => `${before} * least / 100`)],
  ['a sum of quotients by the same value', [Array<string>(50).fill('note / note').join('+')]],
  ['a score of ten ratios', [Array<string>(10).fill('least * note / (note + 1)').join('+')]],
])('%s are fine', (_, formulas) => {
  expect(codesOf(formulas)).toEqual([]);
});

test('a total over peers of values that are quotients is refused: its denominator would grow with every peer', () => {
  expect(codesOf(['note * 1'], 'scaled')).toEqual([]);
  expect(codesOf(['note / note'], 'scaled')).toContain('peers-of-quotients');
});

test('totals of all formulas together are bounded', () => {
  const total = Array<string>(45).fill('total(fuels, fuel * 0 / 1)').join('+');
  expect(codesOf(chain(60, () => `0 * (${total})`))).toContain('too-many-parts');
});
