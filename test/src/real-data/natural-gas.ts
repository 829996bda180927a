/** Where the mapping takes the heat of natural gas from: the factor set that the small-enterprise rulebook rates with. */
import { decimalText } from '@tanxiao/contracts';
import type { FactorSet } from '@tanxiao/rulebook';

/** The form's carrier of gaseous natural gas, and what the mapping needs to know of it. */
const CARRIER = '15';
const COMPONENT = 'net-calorific-value';
const UNIT = 'GJ/10k_m3';

/** The net calorific value inside the factor set's emission factor of natural gas, GJ per 万立方米, as exact text. */
export function naturalGasHeat(factorSet: FactorSet): string {
  const factor = factorSet.document.factors.find(
    ({ quantity, carrier }) => quantity === 'emission' && carrier === CARRIER,
  );
  const heat =
    factor && 'product' in factor
      ? factor.product.find(({ name, unit }) => name === COMPONENT && unit === UNIT)
      : undefined;
  if (!heat || heat.over !== undefined)
    throw new Error(
      `factor set ${factorSet.id} ${factorSet.version}: the emission factor of carrier ${CARRIER} states no ${COMPONENT} in ${UNIT}`,
    );
  return decimalText(heat.value);
}
