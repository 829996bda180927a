/**
 * The product as `npm start` runs it: what the build made, not the sources that the other tests read. They differ where a
 * library is loaded only when it is needed, for instance, and then only this test knows.
 */
import { chmod } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';

import { TanxiaoClient } from '@tanxiao/client';
import { openSheet } from '@tanxiao/forms';
import { Workbook } from 'exceljs';

import { RULEBOOK, writeIndustrialFile } from '../acceptance/industrial-file';
import { type Stack, startStack } from '../acceptance/stack';
import { makeTempDir, type TempDir } from '../support/temp-dir';

const PERIOD = '2026Q3';

let folder: TempDir;
let stack: Stack;
let client: TanxiaoClient;

beforeAll(async () => {
  folder = await makeTempDir('shipped');
  // As root the database runs under an account of its own, which has to get in.
  await chmod(folder.path, 0o755);
  stack = await startStack(path.join(folder.path, 'data'), { PORT: '' });
  client = new TanxiaoClient({ baseUrl: stack.url });
}, 120_000);

afterAll(async () => {
  try {
    expect(await stack.stop()).toBe(0);
  } finally {
    await folder.remove();
  }
}, 60_000);

async function rowsOf(url: string, format: 'csv' | 'xlsx'): Promise<string[][]> {
  const answer = await client.fetch(url);
  const bytes = Buffer.from(await answer.arrayBuffer());
  const sheet = await openSheet(Readable.from([bytes]), format);
  const rows: string[][] = [];
  for await (const records of sheet.records()) rows.push(...records.map(({ cells }) => [...cells]));
  await sheet.close();
  return rows;
}

test.each(['csv', 'xlsx'] as const)('the form to fill in comes as %s', async (format) => {
  const [names] = await rowsOf(`/v1/rulebooks/${RULEBOOK}/template?format=${format}`, format);
  expect(names).toEqual(expect.arrayContaining(['uscc', 'name', 'industry_code', 'carrier_33']));
});

test('a file is imported and rated; one with a mistake comes back as a spreadsheet that says which', async () => {
  const good = path.join(folder.path, 'good.csv');
  await writeIndustrialFile(good, 300, 1);
  const request = { rulebook: RULEBOOK, period: PERIOD };
  const kept = await client.uploadFile(good, request);
  const end = await client.waitForUpload(kept.id, { pollMs: 100, rated: true });
  expect(end).toMatchObject({ state: 'done', rows: { accepted: 300, rated: 300, failed: 0 } });

  const bad = path.join(folder.path, 'bad.xlsx');
  const workbook = new Workbook();
  const sheet = workbook.addWorksheet('填报');
  sheet.addRow(['uscc', 'name', 'region_code', 'industry_code', 'carrier_33']);
  sheet.addRow(['12345', '某厂', '330502', '1751', 1]);
  await workbook.xlsx.writeFile(bad);
  const refused = await client.uploadFile(bad, request);
  expect(await client.waitForUpload(refused.id, { pollMs: 100 })).toMatchObject({
    state: 'rejected',
  });
  const [names, row] = await rowsOf(`/v1/uploads/${refused.id}/annotated`, 'xlsx');
  expect(names).toEqual(expect.arrayContaining(['uscc', 'x_errors_zh', 'x_errors_en']));
  expect(row![names!.indexOf('x_errors_en')]).toContain('12345');
});

test('a run rates and publishes what was imported', async () => {
  const run = await client.createRun({ rulebook: RULEBOOK, period: PERIOD });
  expect(await client.waitForRun(run.id, { pollMs: 100 })).toMatchObject({
    state: 'ranked',
    subjects: { total: 300, failed: 0 },
  });
  expect(await client.publish(run.id)).toMatchObject({ state: 'published' });
});
