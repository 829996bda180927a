/** The small parts of a workbook: which sheet is first, the shared texts, and which cell formats are dates. */
import path from 'node:path';

import { isEncodingError } from '../csv/text-encoding';
import { FileProblem } from '../file-problem';
import type { SheetLimits } from '../sheet/limits';
import type { Package } from './package';
import { attributesOf, XmlError, type XmlEvents, XmlScanner } from './xml-scanner';

/** Feeds a part through a scanner, yielding after each chunk so that a caller can hand on what it has gathered. */
export async function* scanPart(
  parts: Package,
  name: string,
  events: XmlEvents,
): AsyncGenerator<void> {
  const scanner = new XmlScanner(events);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of parts.read(name)) {
      scanner.write(decoder.decode(chunk, { stream: true }));
      yield;
    }
    scanner.write(decoder.decode());
    scanner.end();
    yield;
  } catch (error) {
    if (error instanceof XmlError || isEncodingError(error)) {
      throw new FileProblem('xlsx-damaged', { part: name });
    }
    throw error;
  }
}

async function scanWhole(parts: Package, name: string, events: Partial<XmlEvents>): Promise<void> {
  const none = (): void => undefined;
  const scan = scanPart(parts, name, { open: none, close: none, text: none, ...events });
  while ((await scan.next()).done !== true);
}

interface Relationship {
  readonly type: string;
  readonly target: string;
}

async function relationshipsOf(parts: Package, part: string): Promise<Map<string, Relationship>> {
  const folder = path.posix.dirname(part);
  const file = path.posix.join(folder, '_rels', `${path.posix.basename(part)}.rels`);
  const relationships = new Map<string, Relationship>();
  if (!parts.has(file)) return relationships;
  await scanWhole(parts, file, {
    open: (name, text) => {
      if (name !== 'Relationship') return;
      const attributes = attributesOf(text);
      const target = attributes.get('Target') ?? '';
      relationships.set(attributes.get('Id') ?? '', {
        type: path.posix.basename(attributes.get('Type') ?? ''),
        target: target.startsWith('/') ? target.slice(1) : path.posix.join(folder, target),
      });
    },
  });
  return relationships;
}

export interface WorkbookParts {
  /** Part of the first visible worksheet. */
  readonly worksheet: string;
  readonly sharedStrings: string | null;
  readonly styles: string | null;
  /** Days are counted from 1904 (old Macintosh workbooks) instead of 1900. */
  readonly date1904: boolean;
}

/** @throws FileProblem */
export async function workbookParts(parts: Package): Promise<WorkbookParts> {
  // An empty part name: the relationships of the package itself, `_rels/.rels`.
  const root = [...(await relationshipsOf(parts, '')).values()];
  const workbook = root.find(({ type }) => type === 'officeDocument')?.target ?? 'xl/workbook.xml';
  if (!parts.has(workbook) || !workbook.toLowerCase().endsWith('.xml')) {
    throw new FileProblem('not-xlsx');
  }
  const sheets: string[] = [];
  let date1904 = false;
  await scanWhole(parts, workbook, {
    open: (name, text) => {
      const attributes = attributesOf(text);
      if (name === 'workbookPr') date1904 = /^(?:1|true)$/.test(attributes.get('date1904') ?? '');
      const visible = !/hidden/i.test(attributes.get('state') ?? '');
      if (name === 'sheet' && visible) sheets.push(attributes.get('id') ?? '');
    },
  });
  const relationships = await relationshipsOf(parts, workbook);
  const byType = (type: string): string | null =>
    [...relationships.values()].find((relationship) => relationship.type === type)?.target ?? null;
  const worksheet = sheets
    .map((id) => relationships.get(id))
    .find((relationship) => relationship?.type === 'worksheet')?.target;
  if (worksheet === undefined) throw new FileProblem('no-worksheet');
  return {
    worksheet,
    sharedStrings: byType('sharedStrings'),
    styles: byType('styles'),
    date1904,
  };
}

function refuseLarge(parts: Package, part: string, limits: SheetLimits): void {
  if (parts.size(part) <= limits.sharedBytes) return;
  throw new FileProblem('xlsx-too-large', {
    limit: `${Math.round(limits.sharedBytes / 1024 ** 2)} MB (${part})`,
  });
}

/** The shared texts in order; runs of rich text are joined, phonetic readings (rPh) left out. */
export async function sharedStrings(
  parts: Package,
  part: string | null,
  limits: SheetLimits,
): Promise<string[]> {
  const strings: string[] = [];
  if (part === null) return strings;
  refuseLarge(parts, part, limits);
  let current = '';
  let inText = false;
  let phonetic = 0;
  await scanWhole(parts, part, {
    open: (name) => {
      if (name === 'si') current = '';
      else if (name === 'rPh') phonetic += 1;
      else if (name === 't') inText = true;
    },
    text: (text) => {
      if (inText && phonetic === 0) current += text;
    },
    close: (name) => {
      if (name === 't') inText = false;
      else if (name === 'rPh') phonetic -= 1;
      else if (name === 'si') strings.push(withoutEscapes(current));
    },
  });
  return strings;
}

/** `_x000D_`: how OOXML writes characters that XML cannot (ECMA-376 part 1, 22.9.2.19). */
export function withoutEscapes(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** Number formats that are dates or times without saying so: ECMA-376 part 1, 18.8.30, with the East Asian ones. */
const DATE_FORMATS = new Set([
  ...[14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47],
  ...[27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58],
]);

/** For each cell format (the `s` of a cell), whether it shows a date or time. */
export async function dateFormats(
  parts: Package,
  part: string | null,
  limits: SheetLimits,
): Promise<boolean[]> {
  const formats: boolean[] = [];
  if (part === null) return formats;
  refuseLarge(parts, part, limits);
  const own = new Map<number, boolean>();
  let inCellFormats = false;
  await scanWhole(parts, part, {
    open: (name, text) => {
      if (name === 'cellXfs') inCellFormats = true;
      else if (name === 'numFmt') {
        const attributes = attributesOf(text);
        own.set(
          Number(attributes.get('numFmtId')),
          isDateFormat(attributes.get('formatCode') ?? ''),
        );
      } else if (name === 'xf' && inCellFormats) {
        const id = Number(attributesOf(text).get('numFmtId') ?? 0);
        formats.push(own.get(id) ?? DATE_FORMATS.has(id));
      }
    },
    close: (name) => {
      if (name === 'cellXfs') inCellFormats = false;
    },
  });
  return formats;
}

function isDateFormat(format: string): boolean {
  const bare = format.replace(/"[^"]*"|\\.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|_.|\*./gi, '');
  return /[ymdhs年月日]/i.test(bare.replace(/general/gi, ''));
}
