/**
 * Made enterprises' rows of the industrial form (人工生成，非真实数据): quantities of the demo's city, which uses some twenty
 * of the form's columns, under codes of their own, since the demo's go to 9,999 only. Seeded by their number.
 */
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { usccCheckCharacter } from '@tanxiao/contracts';
import { columnsOf, loadCityModel, madeEnterprises, quarterFile } from '@tanxiao/demo';

export const RULEBOOK = 'industrial-carbon-efficiency';
export const PERIOD = '2026Q3';

type Cells = ReadonlyMap<string, string>;

const model = { ...loadCityModel(), dirt: [] };
const quarter = model.quarters.find(({ period }) => period === PERIOD)!;

/** Rows number `first`, `first` + 1, …, without end. A row's subject is new for each number. */
export function* madeRows(first: number): Generator<Cells> {
  for (let number = first; ;) {
    const seed = `tanxiao-arrival-${number}`;
    for (const { cells } of quarterFile(model, madeEnterprises(model, seed), quarter, seed).rows)
      yield new Map(cells).set('uscc', usccOf(number++));
  }
}

/** @returns bytes written */
export async function writeRows(file: string, rows: number, first: number): Promise<number> {
  const out = createWriteStream(file);
  await pipeline(Readable.from(lines(rows, first)), out);
  return out.bytesWritten;
}

function* lines(rows: number, first: number): Generator<string> {
  const columns = columnsOf(model);
  yield `${columns.join(',')}\n`;
  let left = rows;
  for (const cells of madeRows(first)) {
    if (left-- === 0) return;
    yield `${columns.map((column) => cells.get(column) ?? '').join(',')}\n`;
  }
}

/** The body of POST /v1/submissions for one subject. */
export function bodyOf(cells: Cells): string {
  const text = (column: string): string => cells.get(column) ?? '';
  const inputs = [...cells].filter(([column]) =>
    /^(carrier_|value_added|own_pv|green_power)/.test(column),
  );
  const item = {
    uscc: text('uscc'),
    name: text('name'),
    regionCode: text('region_code'),
    industryCode: text('industry_code'),
    inputs: Object.fromEntries(inputs.map(([column, cell]) => [column, Number(cell)])),
  };
  return JSON.stringify({ rulebook: RULEBOOK, period: PERIOD, submissions: [item] });
}

function usccOf(number: number): string {
  const first17 = `91330502MA${String(number).padStart(7, '0')}`;
  return first17 + usccCheckCharacter(first17);
}
