/** A large CSV of the industrial form, made row by row: valid codes, plausible quantities, every column of the form. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

import { usccCheckCharacter } from '@tanxiao/contracts';
import { loadClassification, loadStandards } from '@tanxiao/standards';

import { seededRandom } from '../agreement/random';

export const RULEBOOK = 'industrial-carbon-efficiency';

/** @returns bytes written */
export async function writeIndustrialFile(
  file: string,
  rows: number,
  seed: number,
): Promise<number> {
  const random = seededRandom(seed);
  const rulebook = loadStandards().rulebooks.find(({ id }) => id === RULEBOOK)!;
  const names = rulebook.inputs.map((input) => input.name);
  const classes = loadClassification('gbt4754-2017')
    .classes()
    .filter((entry) => /^[B-D]/.test(entry.code));
  const out = createWriteStream(file);
  out.write(`uscc,name,region_code,industry_code,${names.join(',')}\n`);
  for (let row = 0; row < rows; row++) {
    const cells = names.map((name) => cell(name, random));
    const first = `91330502${row.toString().padStart(9, '0')}`;
    const line = `${first}${usccCheckCharacter(first)},示例企业${row},330502,${random.pick(classes).numericCode},${cells.join(',')}\n`;
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
  return out.bytesWritten;
}

function cell(name: string, random: ReturnType<typeof seededRandom>): string {
  if (name === 'value_added_10k_cny') return (random.next() * 20_000 + 1).toFixed(2);
  if (name === 'carrier_33') return (random.next() * 500 + 1).toFixed(4);
  if (/^carrier_(0[2-5]|40)$/.test(name) || name === 'green_power_10mwh') return '';
  return random.chance(0.12) ? (random.next() * 100).toFixed(3) : '';
}
