import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

import { ASSESSMENT_ROWS, assessmentsPath, mappingGas } from './assessments';
import { joinCsvLine, splitCsvLine } from './csv-line';
import {
  gasPerMmbtu,
  mapFactoryAssessments,
  MAPPED_COLUMNS,
  newMappingCounts,
} from './map-factory-assessments';

const SOURCE_COLUMNS = [
  ...['id', 'fy', 'sic', 'naics', 'state', 'sales', 'employees', 'plant_area', 'products'],
  ...['prodlevel', 'produnits', 'prodhours', 'ec_plant_usage'],
  ...[2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((n) => `e${n}_plant_usage`),
];

function sourceLine(cells: Readonly<Record<string, string>>): string {
  return joinCsvLine(SOURCE_COLUMNS.map((column) => cells[column] ?? ''));
}

async function mappedRows(
  rows: readonly Readonly<Record<string, string>>[],
  counts = newMappingCounts(),
): Promise<Record<string, string>[]> {
  const lines = [SOURCE_COLUMNS.join(','), ...rows.map(sourceLine)];
  const mapped: string[][] = [];
  for await (const line of mapFactoryAssessments(lines, gasPerMmbtu('389.31'), counts))
    mapped.push(splitCsvLine(line));
  const [header = [], ...data] = mapped;
  return data.map((cells) =>
    Object.fromEntries(header.map((column, i) => [column, cells[i] ?? ''])),
  );
}

describe('a mapped row', () => {
  it('has its units converted exactly, gas rounded once to six decimals', async () => {
    const [row] = await mappedRows([
      {
        id: 'AM0002',
        sic: '2761',
        sales: '25000000',
        ec_plant_usage: '4867233',
        e2_plant_usage: '19338',
      },
    ]);
    expect(row).toMatchObject({
      local_id: 'AM0002',
      period: '2023',
      region_code: '330500',
      industry_classification: 'sic-1987',
      industry_code: '2761',
      revenue_10k_cny: '2500',
      carrier_33: '486.7233',
      // 19338 x 1.055056 / 389.31 = 52.40726651…
      carrier_15: '52.407267',
    });
  });

  it('keeps blanks blank, zeros zero, negatives negative, and nonsense as it is', async () => {
    const counts = newMappingCounts();
    const rows = await mappedRows(
      [
        { id: 'A', sic: '' },
        { id: 'B', sic: '241', sales: '0', ec_plant_usage: '-10000', e2_plant_usage: '0' },
        { id: 'C', sic: 'x', sales: 'n/a', e12_plant_usage: '-5', e3_plant_usage: '7' },
      ],
      counts,
    );
    expect(rows[0]).toMatchObject({ industry_code: '', revenue_10k_cny: '', carrier_33: '' });
    expect(rows[1]).toMatchObject({ revenue_10k_cny: '0', carrier_33: '-1', carrier_15: '0' });
    expect(rows[2]).toMatchObject({ revenue_10k_cny: 'n/a', x_e12_plant_usage: '-5' });
    expect(counts).toMatchObject({
      ...{ rows: 3, blankIndustry: 1, shortIndustry: 2, notNumeric: 1 },
      ...{ withOtherFuels: 1, negativeOtherFuels: 1 },
    });
  });

  it('carries every source column along under x_, quoted texts included', async () => {
    const products = 'Lumber, "pre-fabricated" roof truss';
    const [row] = await mappedRows([{ id: 'A', products, fy: '1987', e3_plant_usage: '12' }]);
    expect(row).toMatchObject({ x_products: products, x_fy: '1987', x_e3_plant_usage: '12' });
    const kept = MAPPED_COLUMNS.filter((column) => column.startsWith('x_'));
    expect(kept.map((column) => column.slice(2)).sort()).toEqual(
      SOURCE_COLUMNS.filter((column) => column !== 'id' && column !== 'sic').sort(),
    );
  });

  it('is refused where a column is missing', async () => {
    const lines = mapFactoryAssessments(['id,sic', 'A,2761'], gasPerMmbtu('389.31'));
    await expect(lines.next().then(() => lines.next())).rejects.toThrow(/no column sales/);
  });
});

describe('the real file', () => {
  const path = assessmentsPath();

  (path === null ? it.skip : it)('comes out whole, with its dirt counted', async () => {
    const counts = newMappingCounts();
    const input = createReadStream(path!, 'utf8');
    const lines = createInterface({ input, crlfDelay: Infinity });
    const ids = new Set<string>();
    let records = 0;
    let ragged = 0;
    for await (const line of mapFactoryAssessments(lines, mappingGas().ratio, counts)) {
      const cells = splitCsvLine(line);
      if (cells.length !== MAPPED_COLUMNS.length) ragged += 1;
      ids.add(cells[0]!);
      records += 1;
    }
    expect(records).toBe(ASSESSMENT_ROWS + 1);
    expect(ids.size).toBe(ASSESSMENT_ROWS + 1);
    expect(ragged).toBe(0);
    // Counted once by another program (Python's csv module) over the same file.
    expect(counts).toEqual({
      rows: ASSESSMENT_ROWS,
      blankIndustry: 1,
      shortIndustry: 16,
      blankRevenue: 127,
      blankElectricity: 42,
      blankGas: 2661,
      withOtherFuels: 2141,
      negativeOtherFuels: 1,
      notNumeric: 0,
    });
  });
});
