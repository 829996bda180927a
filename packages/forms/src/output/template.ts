/**
 * The empty form to fill in. First row: technical names, which is what readers go by. Second row: titles and units for
 * people, marked by a `#` in its first cell, which readers pass over. A filled-in template reads back as it is.
 */
import { type Language, unitTitle, type UploadFormat } from '@tanxiao/contracts';
import { loadClassification, loadRegions } from '@tanxiao/standards';
import type { DataValidation, Worksheet } from 'exceljs';

import { optionsText } from '../fields/choice-text';
import type { Form, FormColumn } from '../form';
import { blankMeaning, columnHeading, columnSource, isWanted } from './column-words';
import { CSV_BOM, csvLine } from './csv-line';

export interface TemplateOptions {
  readonly language: Language;
  /** Whose periods the drop-down offers, with those of the year before. */
  readonly year: number;
}

export async function writeTemplate(
  form: Form,
  format: UploadFormat,
  options: TemplateOptions,
): Promise<Buffer> {
  return format === 'csv' ? csvTemplate(form, options) : xlsxTemplate(form, options);
}

/** Rows that get drop-downs and checks; more can be filled in without them. */
const PREPARED_ROWS = 5000;
const FIRST_DATA_ROW = 3;
const SHEETS = { data: '填报 Data', guide: '填报说明 Guide', codes: '代码 Codes' } as const;

const WANTED_FILL = 'FFFFE699';
const OPTIONAL_FILL = 'FFE2EFDA';
const TITLE_FILL = 'FFF2F2F2';

function headings(form: Form, language: Language): string[] {
  return form.columns.map(
    (column, index) => (index === 0 ? '# ' : '') + columnHeading(column, language),
  );
}

/** A CSV has no drop-downs and no guide, so its headings say what a choice may be. */
function csvHeadings(form: Form, language: Language): string[] {
  const texts = headings(form, language);
  return form.columns.map(({ options }, index) =>
    options ? `${texts[index]!}: ${optionsText(options, language)}` : texts[index]!,
  );
}

function csvTemplate(form: Form, { language }: TemplateOptions): Buffer {
  const names = form.columns.map(({ name }) => name);
  return Buffer.from(
    CSV_BOM + csvLine(names, '\r\n') + csvLine(csvHeadings(form, language), '\r\n'),
  );
}

async function xlsxTemplate(form: Form, options: TemplateOptions): Promise<Buffer> {
  const { Workbook } = (await import('exceljs')).default;
  const workbook = new Workbook();
  workbook.title = form.rulebook.title[options.language];
  workbook.creator = 'Tanxiao';
  const data = workbook.addWorksheet(SHEETS.data, {
    views: [{ state: 'frozen', ySplit: 2, xSplit: 1 }],
  });
  addGuide(workbook.addWorksheet(SHEETS.guide), form);
  const lists = addCodes(workbook.addWorksheet(SHEETS.codes), form, options.language);
  addHeader(data, form, options.language);
  form.columns.forEach((column, index) => {
    prepareColumn(data, column, index + 1);
    const validation = validationOf(form, column, lists, options);
    if (validation) {
      const letter = data.getColumn(index + 1).letter;
      validations(data).add(
        `${letter}${FIRST_DATA_ROW}:${letter}${FIRST_DATA_ROW + PREPARED_ROWS - 1}`,
        validation,
      );
    }
  });
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

/** exceljs has this member and leaves it out of its types. */
function validations(sheet: Worksheet): { add(range: string, validation: DataValidation): void } {
  return (
    sheet as unknown as {
      dataValidations: { add(range: string, validation: DataValidation): void };
    }
  ).dataValidations;
}

function fill(argb: string): { type: 'pattern'; pattern: 'solid'; fgColor: { argb: string } } {
  return { type: 'pattern', pattern: 'solid', fgColor: { argb } };
}

function addHeader(sheet: Worksheet, form: Form, language: Language): void {
  const names = sheet.addRow(form.columns.map(({ name }) => name));
  const titles = sheet.addRow(headings(form, language));
  titles.height = 48;
  form.columns.forEach((column, index) => {
    const name = names.getCell(index + 1);
    name.font = { bold: true };
    name.fill = fill(isWanted(column) ? WANTED_FILL : OPTIONAL_FILL);
    const meaning = blankMeaning(form, column);
    const hint = column.hint ? `${column.hint.zh}\n${column.hint.en}\n` : '';
    const admitted = column.options ? `${optionsLine(column.options)}\n` : '';
    name.note = `${hint}${admitted}留空 / blank: ${meaning.zh} / ${meaning.en}`;
    const title = titles.getCell(index + 1);
    title.fill = fill(TITLE_FILL);
    title.alignment = { wrapText: true, vertical: 'top' };
  });
}

/** Each code with its titles: a cell may hold any of the three. */
function optionsLine(options: NonNullable<FormColumn['options']>): string {
  return options.map(({ code, title }) => `${code} (${title.zh} / ${title.en})`).join(', ');
}

function prepareColumn(sheet: Worksheet, column: FormColumn, index: number): void {
  const prepared = sheet.getColumn(index);
  prepared.width = column.role === 'uscc' ? 24 : column.role === 'name' ? 28 : 16;
  // Text format keeps all 18 digits of a code and its leading zeros.
  if (column.role !== 'input') prepared.numFmt = '@';
}

interface CodeLists {
  readonly regions: string;
  readonly industries: string | null;
  /** By input: the titles of a choice's options. */
  readonly choices: ReadonlyMap<string, string>;
}

function validationOf(
  form: Form,
  column: FormColumn,
  lists: CodeLists,
  { year }: TemplateOptions,
): DataValidation | null {
  const list = (formula: string, strict: boolean): DataValidation => ({
    type: 'list',
    allowBlank: true,
    formulae: [formula],
    showErrorMessage: true,
    errorStyle: strict ? 'stop' : 'warning',
    errorTitle: '请核对 / please check',
    error: `${column.title.zh} / ${column.title.en}`,
  });
  switch (column.role) {
    case 'period': {
      const ids = [year - 1, year].flatMap((y) =>
        ['Q1', 'Q2', 'Q3', 'Q4', 'H1', 'H2', ''].map((part) => `${y}${part}`),
      );
      return list(`"${ids.join(',')}"`, false);
    }
    case 'region_code':
      return list(lists.regions, false);
    case 'industry_classification': {
      const named = form.classifications.filter(({ id }) => id !== 'any').map(({ id }) => id);
      const open = named.length < form.classifications.length;
      return named.length === 0 ? null : list(`"${named.join(',')}"`, !open);
    }
    case 'industry_code':
      return lists.industries === null ? null : list(lists.industries, false);
    case 'input': {
      const options = lists.choices.get(column.name);
      // A warning only: the list offers titles, and codes are read as well.
      return options === undefined ? quantityValidation(column) : list(options, false);
    }
    default:
      return null;
  }
}

function quantityValidation(column: FormColumn): DataValidation {
  const { minimum, maximum } = column;
  return {
    type: 'decimal',
    allowBlank: true,
    ...(minimum !== null && maximum === null
      ? { operator: 'greaterThanOrEqual', formulae: [minimum] }
      : { operator: 'between', formulae: [minimum ?? -1e15, maximum ?? 1e15] }),
    showErrorMessage: true,
    errorStyle: 'stop',
    errorTitle: '应为数字 / a number is expected',
    error: `${columnHeading(column, 'zh')} / ${columnHeading(column, 'en')}${minimum === null ? '' : ` ≥ ${minimum}`}${maximum === null ? '' : ` ≤ ${maximum}`}`,
  };
}

function addGuide(sheet: Worksheet, form: Form): void {
  const { title, version, hash } = form.rulebook;
  sheet.addRow([`${title.zh} ${version}`, title.en]).font = { bold: true, size: 14 };
  sheet.addRow(['评价规范指纹 / rulebook hash (SHA-256)', hash]);
  sheet.addRow([
    '第 1 行为列名，请勿改动；第 2 行以 # 开头，不读取；从第 3 行起每行填一个主体。未知请留空，为零请填 0。',
    'Row 1 holds the column names, keep them; row 2 starts with # and is not read; fill in one subject a row from row 3. Leave unknown cells blank, write 0 for zero.',
  ]);
  sheet.addRow([]);
  sheet.addRow([
    ...['列名 / column', '名称', 'title', '单位', 'unit', '留空时', 'if blank'],
    ...['说明', 'hint', '最小值 / minimum', '最大值 / maximum', '可选 / options', '出处', 'source'],
  ]).font = { bold: true };
  for (const column of form.columns) {
    const unit = column.unit === null ? null : unitTitle(column.unit);
    const blank = blankMeaning(form, column);
    const source = columnSource(form, column);
    sheet.addRow([
      ...[column.name, column.title.zh, column.title.en, unit?.zh ?? '', unit?.en ?? ''],
      ...[blank.zh, blank.en, column.hint?.zh ?? '', column.hint?.en ?? ''],
      ...(column.options
        ? ['', '', optionsLine(column.options)]
        : [column.minimum ?? '', column.maximum ?? '', '']),
      ...[source.zh, source.en],
    ]);
  }
  [26, 26, 32, 14, 18, 26, 32, 40, 40, 10, 10, 40, 32, 40].forEach((width, index) => {
    sheet.getColumn(index + 1).width = width;
  });
}

const FIRST_CHOICE_COLUMN = 8;

/** Codes with their names, which the drop-downs point at. */
function addCodes(sheet: Worksheet, form: Form, language: Language): CodeLists {
  const regions = loadRegions()
    .all()
    .filter(({ level }) => level !== 'province');
  const gbt4754 = form.classifications.some(({ id }) => id === 'gbt4754-2017');
  const classes = gbt4754 ? loadClassification('gbt4754-2017').classes() : [];
  sheet.addRow(['行政区划代码', '名称', 'region', '', '行业小类代码', '名称']).font = {
    bold: true,
  };
  for (let i = 0; i < Math.max(regions.length, classes.length); i++) {
    const region = regions[i];
    const industry = classes[i];
    sheet.addRow([
      ...[region?.code ?? null, region?.nameZh ?? null, region?.nameEn ?? null, null],
      ...[industry?.numericCode ?? null, industry?.nameZh ?? null],
    ]);
  }
  for (const index of [1, 5]) sheet.getColumn(index).numFmt = '@';
  for (const index of [2, 3, 6]) sheet.getColumn(index).width = 30;
  const range = (column: string, count: number): string =>
    `'${SHEETS.codes}'!$${column}$2:$${column}$${count + 1}`;
  // One further column a choice, after those above and a blank one.
  const choices = new Map(
    form.columns
      .filter(({ options }) => options !== null)
      .map(({ name, title, options }, index) => {
        const column = sheet.getColumn(FIRST_CHOICE_COLUMN + index);
        sheet.getCell(1, FIRST_CHOICE_COLUMN + index).value = title[language];
        options!.forEach((option, row) => {
          sheet.getCell(row + 2, FIRST_CHOICE_COLUMN + index).value = option.title[language];
        });
        return [name, range(column.letter, options!.length)] as const;
      }),
  );
  return {
    regions: range('A', regions.length),
    industries: classes.length === 0 ? null : range('E', classes.length),
    choices,
  };
}
