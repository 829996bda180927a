/** The stated distributions of the made city: data/industries.yaml, its shape, and the checks a shape cannot say. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { parse } from 'yaml';
import { z } from 'zod';

const positive = z.number().positive();
const share = z.number().min(0).max(1);
const logNormal = z.strictObject({ median: positive, spread: z.number().min(0) });
const carrierCode = z.string().regex(/^\d{2}$/);
const mix = z.record(carrierCode, z.strictObject({ share: positive, users: share.default(1) }));
const ownGeneration = z.strictObject({ enterprises: share, least: share, greatest: share });

/** What an honest evaluation does with a row of this dirt; `absent`: there is no row. */
const DIRT_EFFECTS = ['absent', 'accepted', 'not-rated', 'rejected'] as const;
export const DIRT_KINDS = [
  'missing-row',
  'missing-electricity',
  'missing-value-added',
  'zero-value-added',
  'negative-value-added',
  'unit-slip-kwh',
  'unit-slip-yuan',
  'thousands-separators',
  'blank-region',
  'broken-check-character',
  'wrong-industry-code',
  'text-in-number',
  'negative-energy',
  'duplicate-row',
] as const;
export type DirtKind = (typeof DIRT_KINDS)[number];

const industryClass = z.strictObject({
  code: z.string().regex(/^\d{4}$/),
  weight: positive,
  /** Multiplies the division's intensity. */
  intensity: positive.default(1),
  mix: mix.optional(),
});

const division = z.strictObject({
  division: z.string().regex(/^\d{2}$/),
  name: z.string(),
  share: positive,
  valueAdded: logNormal,
  intensity: logNormal,
  mix,
  pv: ownGeneration,
  districts: z.record(z.string(), positive).optional(),
  classes: z.array(industryClass).min(1),
});

const quarter = z.strictObject({
  period: z.string(),
  valueAdded: positive,
  intensity: positive,
  encoding: z.enum(['utf-8', 'utf-8-bom', 'gbk']),
  lineEnd: z.enum(['lf', 'crlf']),
});

const cityModelSchema = z.strictObject({
  label: z.strictObject({ zh: z.string(), en: z.string() }),
  enterprises: z.int().positive().max(9999),
  rulebook: z.string(),
  classification: z.string(),
  noise: z.strictObject({ valueAdded: share, intensity: share }),
  quarters: z.array(quarter).min(1),
  districts: z
    .array(
      z.strictObject({ code: z.string().regex(/^\d{6}$/), name: z.string(), weight: positive }),
    )
    .min(1),
  carriers: z.record(
    carrierCode,
    z.strictObject({
      tcePerUnit: positive,
      tco2PerTce: z.number().min(0),
      decimals: z.int().min(0).max(4),
      ofWhich: z.strictObject({ carrier: carrierCode, share }).optional(),
    }),
  ),
  dirt: z.array(z.strictObject({ kind: z.enum(DIRT_KINDS), share, effect: z.enum(DIRT_EFFECTS) })),
  wrongIndustryCodes: z.array(z.string()).min(1),
  textsInNumbers: z.array(z.string()).min(1),
  greenPower: ownGeneration,
  divisions: z.array(division).min(1),
});

export type CityModel = z.infer<typeof cityModelSchema>;
export type Quarter = CityModel['quarters'][number];
export type Division = CityModel['divisions'][number];
export type Mix = Division['mix'];

/** @throws Error naming what does not fit: a share that does not add up, a carrier or district that is not stated. */
export function parseCityModel(text: string): CityModel {
  const model = cityModelSchema.parse(parse(text));
  const shares = model.divisions.reduce((sum, { share: each }) => sum + each, 0);
  if (Math.abs(shares - 100) > 1e-6) throw new Error(`shares of the divisions add up to ${shares}`);
  const districts = new Set(model.districts.map(({ code }) => code));
  for (const { division: code, classes, mix: ownMix, districts: own } of model.divisions) {
    for (const { code: classCode, mix: classMix } of classes) {
      if (!classCode.startsWith(code)) throw new Error(`class ${classCode} is not in ${code}`);
      for (const carrier of Object.keys(classMix ?? ownMix))
        if (!(carrier in model.carriers)) throw new Error(`carrier ${carrier} is not stated`);
    }
    for (const district of Object.keys(own ?? {}))
      if (!districts.has(district)) throw new Error(`district ${district} is not stated`);
  }
  return model;
}

export function loadCityModel(): CityModel {
  // `src` (jest) and `dist` (built) are siblings, so one relative path serves both.
  return parseCityModel(readFileSync(path.resolve(__dirname, '../data/industries.yaml'), 'utf8'));
}
