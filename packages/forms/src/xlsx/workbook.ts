/**
 * Opens an XLSX file as a sheet: its first visible worksheet. Our own reader over yauzl instead of exceljs' streaming
 * one: of 120 damaged files that one never ended on 2 and silently read other values from 2; it also takes sheets in the
 * zip's order.
 */
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import type { ByteSource } from '../csv/text-encoding';
import { FileProblem } from '../file-problem';
import type { SheetLimits } from '../sheet/limits';
import type { Sheet, SheetRecord, SheetSource } from '../sheet/sheet-types';
import { openPackage } from './package';
import { dateFormats, scanPart, sharedStrings, workbookParts } from './parts';
import { WorksheetRows } from './worksheet-rows';

/** @throws FileProblem where it is no workbook */
export async function openWorkbook(source: SheetSource, limits: SheetLimits): Promise<Sheet> {
  const spooled = 'path' in source ? null : await spool(source);
  const file = spooled ?? (source as { readonly path: string }).path;
  const close = async (): Promise<void> => {
    if (spooled !== null) await rm(spooled, { force: true });
  };
  try {
    await refuseOtherFormats(file);
    // Damage shows at once, not only when the first row is asked for.
    (await openPackage(file, limits)).close();
  } catch (error) {
    await close();
    throw error;
  }
  const records = () => worksheetRecords(file, limits, close);
  return { format: 'xlsx', limits, records, pieces: records, close };
}

async function* worksheetRecords(
  file: string,
  limits: SheetLimits,
  close: () => Promise<void>,
): AsyncGenerator<SheetRecord[]> {
  const parts = await openPackage(file, limits);
  try {
    const { worksheet, sharedStrings: strings, styles, date1904 } = await workbookParts(parts);
    const texts = {
      shared: await sharedStrings(parts, strings, limits),
      dates: await dateFormats(parts, styles, limits),
      date1904,
    };
    const rows = new WorksheetRows(texts, limits, worksheet);
    const scan = scanPart(parts, worksheet, rows);
    while ((await scan.next()).done !== true) {
      const ready = rows.take();
      if (ready.length > 0) yield ready;
    }
    rows.finish();
  } finally {
    parts.close();
    await close();
  }
}

async function spool(source: ByteSource): Promise<string> {
  const file = path.join(tmpdir(), `tanxiao-${randomUUID()}.xlsx`);
  try {
    await pipeline(Readable.from(source), createWriteStream(file, { mode: 0o600, flags: 'wx' }));
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
  return file;
}

async function refuseOtherFormats(file: string): Promise<void> {
  const handle = await open(file, 'r');
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    if (bytesRead === 0) throw new FileProblem('empty');
    const magic = buffer.toString('latin1', 0, bytesRead);
    if (magic === '\xd0\xcf\x11\xe0') throw new FileProblem('old-or-encrypted-workbook');
    if (!magic.startsWith('PK')) throw new FileProblem('not-xlsx');
  } finally {
    await handle.close();
  }
}
