/** That a rulebook changed nothing outside of itself: the global object and the prototypes that all share. */

const SHARED: readonly (readonly [string, object])[] = [
  ['globalThis', globalThis],
  ['Object', Object],
  ['Object.prototype', Object.prototype],
  ['Function.prototype', Function.prototype],
  ['Array.prototype', Array.prototype],
  ['String.prototype', String.prototype],
  ['Number.prototype', Number.prototype],
  ['BigInt.prototype', BigInt.prototype],
  ['Map.prototype', Map.prototype],
  ['Set.prototype', Set.prototype],
  ['Math', Math],
  ['JSON', JSON],
  ['process', process],
];

type Held = ReadonlyMap<PropertyKey, PropertyDescriptor>;

export function snapshotOfGlobals(): readonly Held[] {
  return SHARED.map(
    ([, object]) =>
      new Map(
        Reflect.ownKeys(object).map((key) => [key, Object.getOwnPropertyDescriptor(object, key)!]),
      ),
  );
}

/** What differs from a snapshot: `Object.prototype.polluted`. Getters are compared, not called. */
export function changesSince(before: readonly Held[]): string[] {
  const after = snapshotOfGlobals();
  return SHARED.flatMap(([name], index) => {
    const [old, now] = [before[index]!, after[index]!];
    const keys = new Set([...old.keys(), ...now.keys()]);
    return [...keys]
      .filter((key) => !sameProperty(old.get(key), now.get(key)))
      .map((key) => `${name}.${String(key)}`);
  });
}

function sameProperty(
  a: PropertyDescriptor | undefined,
  b: PropertyDescriptor | undefined,
): boolean {
  return (
    a !== undefined &&
    b !== undefined &&
    Object.is(a.value, b.value) &&
    a.get === b.get &&
    a.set === b.set
  );
}
