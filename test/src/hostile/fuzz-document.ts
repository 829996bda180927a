/** Seeded mutations of the small rulebook as a tree: any node replaced, removed, doubled or exchanged. */
import type { Random } from '../agreement/random';
import { changed, type HostileCase, put } from './hostile-case';

type Path = readonly (string | number)[];

const VALUES: readonly unknown[] = [
  ...[null, true, 0, -0, 1, -1, 0.5, 1e15, 1e-15, 1e308, 999999999999999, 1e-320, 2 ** 53],
  ...['', ' ', 'x', '1', '1/1', 'a*b', 'constructor', 'toString', '2026-13-01', '\u0000', '\ud800'],
  ...['carrier_33', 'revenue_10k_cny', 'benchmark', 'no-energy', 'carbon_efficiency_ratio'],
  ...['carrier_33 / carrier_15', 'carrier_33 <= 0', 'benchmark * 100', '../../x', 'x'.repeat(3000)],
  ...[[], [[]], {}, { value: -1 }, { value: 1e14 }, { notRated: 'no-benchmark' }],
];

function paths(node: unknown, path: Path = []): Path[] {
  if (typeof node !== 'object' || node === null) return [path];
  return [path, ...Object.entries(node).flatMap(([key, value]) => paths(value, [...path, key]))];
}

const at = (node: object, path: Path): unknown =>
  path.reduce<unknown>((found, key) => (found as Record<string | number, unknown>)[key], node);

function mutate(root: object, random: Random): void {
  const all = paths(root).filter((path) => path.length > 1);
  const path = random.pick(all);
  const parent = at(root, path.slice(0, -1)) as object;
  switch (random.integer(0, 4)) {
    case 0:
      if (Array.isArray(parent)) parent.splice(Number(path.at(-1)), 1);
      else Reflect.deleteProperty(parent, path.at(-1)!);
      return;
    case 1:
      if (Array.isArray(parent)) parent.push(structuredClone(at(root, path)));
      else put(parent, [`${path.at(-1)}_2`], structuredClone(at(root, path)));
      return;
    case 2:
      put(root, path, structuredClone(at(root, random.pick(all))));
      return;
    default:
      put(root, path, structuredClone(random.pick(VALUES)));
  }
}

export function mutatedDocument(random: Random, serial: number): HostileCase {
  return changed('fuzz: document', String(serial), ({ rulebook, factorSet }) => {
    const times = random.integer(1, 3);
    for (let i = 0; i < times; i++) mutate(random.chance(0.85) ? rulebook : factorSet, random);
  });
}
