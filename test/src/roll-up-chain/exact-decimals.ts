/** Decimals as whole numbers of their last place: what a test computes beside the engine, sharing nothing with it. */

/** `units` of the last of `places` decimals, as the number that a form would hold. */
export function decimalOf(units: bigint, places: number): number {
  const sign = units < 0n ? '-' : '';
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0');
  return Number(`${sign}${digits.slice(0, digits.length - places)}.${digits.slice(-places)}`);
}

/** A quotient of positive whole numbers at so many decimals, half to even. */
export function quotientOf(above: bigint, below: bigint, places: number): number {
  const scaled = above * 10n ** BigInt(places);
  const whole = scaled / below;
  const twiceTheRest = 2n * (scaled % below);
  const up = twiceTheRest > below || (twiceTheRest === below && whole % 2n === 1n);
  return decimalOf(up ? whole + 1n : whole, places);
}

/** A shown value of at most so many decimals, in units of the last of them. */
export function unitsOf(value: number, places: number): bigint {
  const [whole = '0', part = ''] = String(value).split('.');
  if (part.length > places) throw new RangeError(`${value} has more than ${places} decimals`);
  return BigInt(whole + part.padEnd(places, '0'));
}

export function sumOf(values: readonly bigint[]): bigint {
  return values.reduce((sum, value) => sum + value, 0n);
}
