/** The made city: its enterprises, and what they upload each quarter. Same model and seed, same bytes. */
import type { CityModel, DirtKind, Quarter } from './city-model';
import { csvBytes, csvLine } from './csv-text';
import { soiled } from './dirt';
import { type Enterprise, madeEnterprise } from './enterprise';
import { RandomStream } from './random-stream';
import { carrierColumn, type Cells, cleanReport, COLUMNS } from './report';

export const DEMO_SEED = 'tanxiao-demo-1';

export interface QuarterRow {
  readonly enterprise: Enterprise;
  readonly dirt: DirtKind | null;
  readonly cells: Cells;
}

export interface QuarterFile {
  readonly period: string;
  readonly filename: string;
  readonly columns: readonly string[];
  readonly rows: readonly QuarterRow[];
  /** Enterprises with each kind of dirt, also those whose row is missing. */
  readonly dirt: Readonly<Partial<Record<DirtKind, number>>>;
  readonly bytes: Buffer;
}

export function madeEnterprises(model: CityModel, seed: string = DEMO_SEED): Enterprise[] {
  return Array.from({ length: model.enterprises }, (_, i) => madeEnterprise(model, seed, i + 1));
}

/** Identity columns, value added, own generation, then every row of form 205-1 that some made enterprise uses. */
export function columnsOf(model: CityModel): string[] {
  const carriers = Object.entries(model.carriers).flatMap(([carrier, { ofWhich }]) =>
    ofWhich ? [carrier, ofWhich.carrier] : [carrier],
  );
  return [...Object.values(COLUMNS), ...[...new Set(carriers)].sort().map(carrierColumn)];
}

function drawDirt(model: CityModel, random: RandomStream): DirtKind | null {
  let left = random.uniform();
  for (const { kind, share } of model.dirt) {
    left -= share;
    if (left < 0) return kind;
  }
  return null;
}

export function quarterFile(
  model: CityModel,
  enterprises: readonly Enterprise[],
  quarter: Quarter,
  seed: string = DEMO_SEED,
): QuarterFile {
  const columns = columnsOf(model);
  const rows: QuarterRow[] = [];
  const dirtCounts: Partial<Record<DirtKind, number>> = {};
  for (const enterprise of enterprises) {
    const random = new RandomStream(`${seed}/${quarter.period}/${enterprise.serial}`);
    const dirt = drawDirt(model, random);
    const clean = cleanReport(model, enterprise, quarter, random);
    if (dirt !== null) dirtCounts[dirt] = (dirtCounts[dirt] ?? 0) + 1;
    const standing = dirt === null ? [clean] : soiled(model, dirt, clean, random);
    for (const cells of standing) rows.push({ enterprise, dirt, cells });
  }
  const lines = [
    csvLine(columns),
    ...rows.map(({ cells }) => csvLine(columns.map((column) => cells.get(column) ?? ''))),
  ];
  return {
    period: quarter.period,
    filename: `demo-${quarter.period}.csv`,
    columns,
    rows,
    dirt: dirtCounts,
    bytes: csvBytes(lines, quarter),
  };
}

/** The four files of the city. */
export function cityFiles(model: CityModel, seed: string = DEMO_SEED): QuarterFile[] {
  const enterprises = madeEnterprises(model, seed);
  return model.quarters.map((quarter) => quarterFile(model, enterprises, quarter, seed));
}
