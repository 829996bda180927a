/** One made enterprise: what stays the same over the quarters. Its random stream depends on seed and serial only. */
import type { CityModel, Mix } from './city-model';
import { madeName, madeUscc } from './made-identity';
import { RandomStream } from './random-stream';

export interface EnergyUse {
  readonly carrier: string;
  /** Of the enterprise's energy in tce; the shares of an enterprise add up to 1. */
  readonly share: number;
}

export interface Enterprise {
  readonly serial: number;
  readonly uscc: string;
  readonly name: string;
  readonly regionCode: string;
  readonly division: string;
  readonly industryCode: string;
  /** Value added of a quarter without season and noise, 万元. */
  readonly valueAdded10kCny: number;
  /** tCO2 per 万元, before own photovoltaic power is deducted. */
  readonly intensity: number;
  readonly energy: readonly EnergyUse[];
  /** Share of the electricity used that own photovoltaic power covers; 0 without. */
  readonly pvShare: number;
  /** Share of the purchased electricity that is green power or covered by certificates; 0 without. */
  readonly greenShare: number;
}

/** Electricity is in every mix and used by all, so an enterprise always has some energy. */
function madeEnergyUse(random: RandomStream, mix: Mix): EnergyUse[] {
  const used = Object.entries(mix)
    // Integer-like keys come in numeric order whatever the file's order; sorting says so.
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([carrier, { share, users }]) => ({
      carrier,
      share: random.chance(users) ? random.logNormal({ median: share, spread: 0.25 }) : 0,
    }))
    .filter(({ share }) => share > 0);
  const total = used.reduce((sum, { share }) => sum + share, 0);
  return used.map(({ carrier, share }) => ({ carrier, share: share / total }));
}

function coverage(
  random: RandomStream,
  stated: { readonly enterprises: number; readonly least: number; readonly greatest: number },
): number {
  return random.chance(stated.enterprises) ? random.between(stated.least, stated.greatest) : 0;
}

/** The enterprise number `serial` (from 1) of the city of this seed. */
export function madeEnterprise(model: CityModel, seed: string, serial: number): Enterprise {
  const random = new RandomStream(`${seed}/enterprise/${serial}`);
  const division = random.pick(model.divisions, ({ share }) => share);
  const district = random.pick(model.districts, ({ code, weight }) =>
    division.districts ? (division.districts[code] ?? 0) : weight,
  );
  const industry = random.pick(division.classes, ({ weight }) => weight);
  return {
    serial,
    uscc: madeUscc(serial, district.code),
    name: madeName(serial, district.name, division.name),
    regionCode: district.code,
    division: division.division,
    industryCode: industry.code,
    valueAdded10kCny: random.logNormal(division.valueAdded),
    intensity: random.logNormal(division.intensity) * industry.intensity,
    energy: madeEnergyUse(random, industry.mix ?? division.mix),
    pvShare: coverage(random, division.pv),
    greenShare: coverage(random, model.greenPower),
  };
}
