/**
 * Administrative divisions (GB/T 2260) and the power grid each belongs to. The table holds every province but not
 * every county: the digits of a code already say its province and city, so an unlisted county still works.
 */
import type { Bilingual } from '@tanxiao/contracts';

import { indexUnique, readCsvTable, statusCell, wordCell } from './csv-table';
import { StandardsDataError } from './data-error';
import { readDataFile } from './data-folder';
import type { Status } from './status';
import { type Source, YamlFields } from './yaml-fields';

export const REGION_LEVELS = ['province', 'city', 'county'] as const;
export type RegionLevel = (typeof REGION_LEVELS)[number];

export interface Region {
  /** 6 digits of GB/T 2260. */
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly level: RegionLevel;
  readonly parent?: string;
  /** Its own entry of a power grid, with how sure we are of it; most cities and counties inherit. */
  readonly grid?: { readonly id: string; readonly status: Status };
}

export interface Grid {
  /** Also the `region` of the grid's rows in a factor set: "grid-east". */
  readonly id: string;
  readonly name: Bilingual;
}

export interface Regions {
  readonly meta: { readonly id: string; readonly title: Bilingual; readonly source: Source };
  /** The listed region; `undefined` for an unlisted code, also where the code is valid. */
  get(code: string): Region | undefined;
  /**
   * Whether a code may stand in a submission: 6 digits whose province (first two) is known, and no county without a
   * city. An unlisted city or county under a known province is accepted, since the table names only some of them and
   * codes change every year; an unknown province is not.
   */
  valid(code: string): boolean;
  /** Code of the province, "330502" → "330000"; `undefined` where the code is not valid. */
  provinceOf(code: string): string | undefined;
  /**
   * Code of the city, "330502" → "330500", whether or not that city is listed. A municipality (直辖市) is its own
   * city: "310115" → "310000". So is a county directly under a province (digits 3–4 = 90): "429004" → itself.
   * `undefined` for a province that has cities, and where the code is not valid.
   */
  cityOf(code: string): string | undefined;
  /** Grid id of the nearest listed region that states one; `undefined` for Hong Kong, Macao and Taiwan. */
  gridOf(code: string): string | undefined;
  all(): readonly Region[];
  grids(): readonly Grid[];
}

const REGION_COLUMNS = [
  'code',
  'name_zh',
  'name_en',
  'level',
  'parent',
  'grid',
  'grid_status',
] as const;
const GRID_COLUMNS = ['id', 'name_zh', 'name_en'] as const;

/** 北京, 天津, 上海, 重庆: a province that is one city. */
const MUNICIPALITIES = new Set(['110000', '120000', '310000', '500000']);
/** Digits 3 and 4 of counties administered by the province itself (省直辖县级行政区划). */
const DIRECTLY_ADMINISTERED = '90';

export function parseGrids(file: string, csv: string): Grid[] {
  return readCsvTable(file, csv, GRID_COLUMNS).map((row) => ({
    id: row.id,
    name: { zh: row.name_zh, en: row.name_en },
  }));
}

/** Reads the regions; every parent and every grid named must exist. */
export function parseRegions(file: string, csv: string, grids: readonly Grid[]): Region[] {
  const gridIds = grids.map((grid) => grid.id);
  const regions = readCsvTable(file, csv, REGION_COLUMNS).map((row): Region => {
    return {
      code: row.code,
      nameZh: row.name_zh,
      nameEn: row.name_en,
      level: wordCell(file, row.code, row.level, REGION_LEVELS),
      ...(row.parent === '' ? {} : { parent: row.parent }),
      ...(row.grid === ''
        ? {}
        : {
            grid: {
              id: wordCell(file, row.code, row.grid, gridIds),
              status: statusCell(file, row.code, row.grid_status),
            },
          }),
    };
  });
  const byCode = indexUnique(file, regions, (region) => region.code);
  for (const region of regions) {
    const depth = REGION_LEVELS.indexOf(region.level);
    const parent = region.parent === undefined ? undefined : byCode.get(region.parent);
    if (parent?.level !== REGION_LEVELS[depth - 1]) {
      throw new StandardsDataError(
        file,
        region.code,
        `parent "${region.parent ?? ''}" does not fit`,
      );
    }
  }
  return regions;
}

export function buildRegions(
  meta: Regions['meta'],
  regions: readonly Region[],
  grids: readonly Grid[],
): Regions {
  const byCode = indexUnique(meta.id, regions, (region) => region.code);
  const provinceOf = (code: string): string | undefined => {
    if (!/^\d{6}$/.test(code)) return undefined;
    if (code.slice(2, 4) === '00' && code.slice(4) !== '00') return undefined;
    const province = `${code.slice(0, 2)}0000`;
    return byCode.has(province) ? province : undefined;
  };
  const cityOf = (code: string): string | undefined => {
    const province = provinceOf(code);
    if (province === undefined || MUNICIPALITIES.has(province)) return province;
    if (code === province) return undefined;
    if (code.slice(2, 4) === DIRECTLY_ADMINISTERED) return code;
    return `${code.slice(0, 4)}00`;
  };
  const gridOf = (code: string): string | undefined => {
    for (const candidate of [code, cityOf(code), provinceOf(code)]) {
      const grid = candidate === undefined ? undefined : byCode.get(candidate)?.grid;
      if (grid !== undefined) return grid.id;
    }
    return undefined;
  };
  return {
    meta,
    get: (code) => byCode.get(code),
    valid: (code) => provinceOf(code) !== undefined,
    provinceOf,
    cityOf,
    gridOf,
    all: () => regions,
    grids: () => grids,
  };
}

/** Loads the regions of the data folder. */
export function loadRegions(): Regions {
  const fields = YamlFields.parse('regions/china.yaml', readDataFile('regions/china.yaml'));
  const grids = parseGrids('regions/grids.csv', readDataFile('regions/grids.csv'));
  return buildRegions(
    { id: fields.text('regions'), title: fields.bilingual('title'), source: fields.source() },
    parseRegions('regions/china.csv', readDataFile('regions/china.csv'), grids),
    grids,
  );
}
