/** The dirt of real uploads, one kind at a time: what a slip does to a clean row. Which rows get which: quarter-file.ts. */
import type { CityModel, DirtKind } from './city-model';
import { withBrokenCheckCharacter } from './made-identity';
import type { RandomStream } from './random-stream';
import { carrierColumn, type Cells, COLUMNS } from './report';

const ELECTRICITY_COLUMN = carrierColumn('33');
/** kWh in a 万千瓦时, and 元 in a 万元: the slip is by four places. */
const SLIP_PLACES = 4;

/** `12.3` as `123000`: the decimal point moved, without arithmetic that could round. */
function shiftedFourPlaces(text: string): string {
  const [whole = '', fraction = ''] = text.split('.');
  const digits = whole + fraction.padEnd(SLIP_PLACES, '0');
  const shifted = `${digits.slice(0, whole.length + SLIP_PLACES)}.${digits.slice(whole.length + SLIP_PLACES)}`;
  return shifted.replace(/^0+(?=\d)/, '').replace(/\.$/, '');
}

function withThousandsSeparators(text: string): string {
  const [whole = '', fraction] = text.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** The rows that stand in the file instead of the one clean row: none, one, or two. */
export function soiled(
  model: CityModel,
  kind: DirtKind,
  clean: Cells,
  random: RandomStream,
): readonly Cells[] {
  const cells = new Map(clean);
  const change = (column: string, how: (text: string) => string): readonly Cells[] => {
    cells.set(column, how(cells.get(column) ?? ''));
    return [cells];
  };
  switch (kind) {
    case 'missing-row':
      return [];
    case 'missing-electricity':
      return change(ELECTRICITY_COLUMN, () => '');
    case 'missing-value-added':
      return change(COLUMNS.valueAdded, () => '');
    case 'zero-value-added':
      return change(COLUMNS.valueAdded, () => '0');
    case 'negative-value-added':
      return change(COLUMNS.valueAdded, (text) => `-${text}`);
    case 'unit-slip-kwh':
      return change(ELECTRICITY_COLUMN, shiftedFourPlaces);
    case 'unit-slip-yuan':
      return change(COLUMNS.valueAdded, shiftedFourPlaces);
    case 'thousands-separators':
      change(COLUMNS.valueAdded, withThousandsSeparators);
      return change(ELECTRICITY_COLUMN, withThousandsSeparators);
    case 'blank-region':
      return change(COLUMNS.region, () => '');
    case 'broken-check-character':
      return change(COLUMNS.uscc, withBrokenCheckCharacter);
    case 'wrong-industry-code':
      return change(COLUMNS.industry, () => random.pick(model.wrongIndustryCodes, () => 1));
    case 'text-in-number':
      return change(ELECTRICITY_COLUMN, () => random.pick(model.textsInNumbers, () => 1));
    case 'negative-energy':
      return change(ELECTRICITY_COLUMN, (text) => `-${text}`);
    case 'duplicate-row':
      return [clean, cells];
  }
}
