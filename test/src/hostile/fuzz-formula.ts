/** Random formulas of the grammar, and near-grammar ones, in place of the small rulebook's. */
import type { Random } from '../agreement/random';
import { changed, type HostileCase } from './hostile-case';

/** With every unit `1`, a formula of the grammar is refused for its size or a divisor only. */
const NAMES = [
  'revenue_10k_cny',
  'carrier_15',
  'carrier_33',
  'emission_factor_15',
  'grade_1_limit',
];
const ODD = [
  'constructor',
  'benchmark',
  'carrier',
  'x y',
  '2',
  '1e308',
  '"s"',
  '[1]',
  'a=1',
  '1:2',
];

/** Every input is read: one that nothing reads would be refused for that alone. */
const READ = 'carrier_15 + carrier_33 + revenue_10k_cny >= carrier_15';

function number(random: Random, depth: number, odd: number): string {
  if (random.chance(odd)) return random.pick(ODD);
  if (depth <= 0 || random.chance(0.2)) return random.pick([...NAMES, '0', '1', '100']);
  const next = (): string => number(random, depth - random.integer(1, 2), odd);
  switch (random.integer(0, 9)) {
    case 0:
      return `-${next()}`;
    case 1:
      return `min(${next()}, ${next()}, ${next()})`;
    case 2:
      return `max(${next()}, ${next()})`;
    case 3:
      return `(${condition(random, depth - 1, odd)} ? ${next()} : ${next()})`;
    case 4:
    case 5:
      return `(${next()} / ${next()})`;
    default:
      return `(${next()} ${random.pick(['+', '-', '*', random.chance(odd) ? '^' : '*'])} ${next()})`;
  }
}

function condition(random: Random, depth: number, odd: number): string {
  if (random.chance(odd)) return number(random, 1, odd);
  if (depth > 0 && random.chance(0.3)) {
    const [a, b] = [condition(random, depth - 1, odd), condition(random, depth - 1, odd)];
    return random.pick([`(${a} and ${b})`, `(${a} or ${b})`, `not (${a})`]);
  }
  const operator = random.pick(['<', '<=', '>', '>=', '==', '!=']);
  return `${number(random, depth, odd)} ${operator} ${number(random, depth, odd)}`;
}

export function randomFormulas(random: Random, serial: number): HostileCase {
  const odd = random.chance(0.4) ? 0.05 : 0;
  const kind = odd > 0 ? 'fuzz: near-grammar' : 'fuzz: formulas';
  return changed(kind, String(serial), ({ rulebook, factorSet }) => {
    const depth = random.integer(1, 7);
    for (const member of rulebook.families[0]!.members) member.unit = '1';
    for (const factor of factorSet.factors) factor.unit = '1';
    for (const input of rulebook.inputs) input.unit = '1';
    for (const calculation of rulebook.calculations) calculation.unit = '1';
    rulebook.peers[0]!.unit = '1';
    rulebook.sets.push({ name: 'all', of: 'carrier', from: '0', to: '99' });
    const own = rulebook.calculations.slice(0, 2);
    for (const calculation of own) calculation.formula = number(random, depth, odd);
    if (random.chance(0.3)) own[0]!.formula = `total(all, carrier * ${own[0]!.formula})`;
    rulebook.checks.push({ code: 'read', require: READ, message: { zh: '读', en: 'read' } });
    if (random.chance(0.8)) rulebook.peers[0]!.numerator = 'carrier_33';
    rulebook.notRated.push({
      reason: 'own',
      message: { zh: '自', en: 'own' },
      when: condition(random, 2, odd),
      withholds: own.map((calculation) => calculation.name),
    });
    if (random.chance(0.3)) {
      rulebook.peers[0]!.members = condition(random, 2, odd);
      rulebook.results.columns[0]!.decimals = random.integer(0, 12);
      rulebook.gradings[0]!.compare = 'rounded-value';
    }
  });
}
