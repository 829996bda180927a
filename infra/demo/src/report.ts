/** What an enterprise reports for one quarter, before any dirt: the cells of one row, by column name. */
import type { CityModel, Quarter } from './city-model';
import type { Enterprise } from './enterprise';
import { exponential, type RandomStream } from './random-stream';

export type Cells = Map<string, string>;

const ELECTRICITY = '33';
const VALUE_ADDED_DECIMALS = 2;

export const COLUMNS = {
  uscc: 'uscc',
  name: 'name',
  period: 'period',
  region: 'region_code',
  classification: 'industry_classification',
  industry: 'industry_code',
  valueAdded: 'value_added_10k_cny',
  pv: 'own_pv_10mwh',
  green: 'green_power_10mwh',
} as const;

export function carrierColumn(carrier: string): string {
  return `carrier_${carrier}`;
}

/** Decimal text without superfluous zeros; toFixed rounds the exact value of the double, on every machine alike. */
function quantity(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  return decimals === 0 ? text : text.replace(/\.?0+$/, '');
}

/** Quantities of each form row whose carbon adds up to `emissionsTco2`, in the carriers' own units. */
function carrierQuantities(
  model: CityModel,
  enterprise: Enterprise,
  emissionsTco2: number,
): [carrier: string, quantity: number][] {
  const tco2PerTce = enterprise.energy.reduce(
    (sum, { carrier, share }) => sum + share * model.carriers[carrier]!.tco2PerTce,
    0,
  );
  const energyTce = emissionsTco2 / tco2PerTce;
  return enterprise.energy.map(({ carrier, share }) => [
    carrier,
    (energyTce * share) / model.carriers[carrier]!.tcePerUnit,
  ]);
}

export function cleanReport(
  model: CityModel,
  enterprise: Enterprise,
  quarter: Quarter,
  random: RandomStream,
): Cells {
  const valueAdded =
    enterprise.valueAdded10kCny *
    quarter.valueAdded *
    exponential(model.noise.valueAdded * random.normal());
  const intensity =
    enterprise.intensity * quarter.intensity * exponential(model.noise.intensity * random.normal());
  const cells: Cells = new Map([
    [COLUMNS.uscc, enterprise.uscc],
    [COLUMNS.name, enterprise.name],
    [COLUMNS.period, quarter.period],
    [COLUMNS.region, enterprise.regionCode],
    [COLUMNS.classification, model.classification],
    [COLUMNS.industry, enterprise.industryCode],
    [COLUMNS.valueAdded, quantity(valueAdded, VALUE_ADDED_DECIMALS)],
  ]);
  for (const [carrier, used] of carrierQuantities(model, enterprise, valueAdded * intensity)) {
    const { decimals, ofWhich } = model.carriers[carrier]!;
    // Own photovoltaic power is part of the electricity used but not of the purchase that row 33 states.
    const purchased = carrier === ELECTRICITY ? used * (1 - enterprise.pvShare) : used;
    cells.set(carrierColumn(carrier), quantity(purchased, decimals));
    if (carrier === ELECTRICITY) {
      if (enterprise.pvShare > 0)
        cells.set(COLUMNS.pv, quantity(used * enterprise.pvShare, decimals));
      if (enterprise.greenShare > 0)
        cells.set(COLUMNS.green, quantity(purchased * enterprise.greenShare, decimals));
    }
    if (ofWhich)
      cells.set(carrierColumn(ofWhich.carrier), quantity(purchased * ofWhich.share, decimals));
  }
  return cells;
}
