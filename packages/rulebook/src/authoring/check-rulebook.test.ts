import { parseFactorSet } from '../document/factor-set';
import { SMALL_FACTOR_SET, SMALL_RULEBOOK } from '../document/small.fixture';
import { checkRulebook, type RulebookCheck } from './check-rulebook';

const factorSet = parseFactorSet(SMALL_FACTOR_SET, 'few.yaml');

function checked(right: string, wrong: string): RulebookCheck {
  expect(SMALL_RULEBOOK).toContain(right);
  return checkRulebook({ text: SMALL_RULEBOOK.replace(right, wrong), file: 'small.yaml' }, [
    factorSet,
  ]);
}

test('a rulebook is compiled when it takes force and whenever one of its numbers changes', () => {
  const { periods, problems } = checked('version: 1.0.0', 'version: 1.0.1');
  expect(problems).toEqual([]);
  expect(periods.map(({ id }) => id)).toEqual(['2021Q1', '2021', '2025Q1', '2025']);
});

test('a number that goes wrong only on a later date is found', () => {
  const dividing = SMALL_RULEBOOK.replace(
    'formula: "total(fuels, fuel * emission)"',
    'formula: "total(fuels, fuel * emission) * least / least"',
  );
  const text = dividing.replace(
    'value: 3, source: book, status: assumed }',
    'value: 3, source: book, status: assumed }, { from: "2026-04-01", value: 0, source: book, status: assumed }',
  );
  const codesOf = (of: string): string[] =>
    checkRulebook({ text: of, file: 'small.yaml' }, [factorSet]).problems.map(({ code }) => code);
  expect(codesOf(dividing)).toEqual([]);
  expect(codesOf(text)).toEqual(['division-unguarded']);
});

test('a problem that holds in every period is told once', () => {
  const { problems } = checked('require: note <= 100', 'require: note <= output');
  expect(problems.map(({ code }) => code)).toEqual(['unit-clash']);
});

test('a factor set that is not at hand is a problem with the near one named', () => {
  const { problems } = checked('{ id: few, version: 1.0.0 }', '{ id: few, version: 1.0.1 }');
  expect(problems).toEqual([
    expect.objectContaining({ code: 'unknown-factor-set', suggestion: 'few 1.0.0', line: 6 }),
  ]);
});

test('a rulebook that ends is compiled for no period after its end', () => {
  const { periods } = checked(
    'effective: { from: "2021-01-01" }',
    'effective: { from: "2021-01-01", to: "2021-12-31" }',
  );
  expect(periods.map(({ id }) => id)).toEqual(['2021Q1', '2021']);
});
