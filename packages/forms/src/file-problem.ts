/**
 * What makes a file unreadable as a whole (an upload's `unreadable`, the API's `invalid-file`), with every sentence in
 * both languages. Errors of single rows are contracts' `Issue`s instead and never end a reading.
 */
import { type Bilingual, fill, type Issue, issueTexts } from '@tanxiao/contracts';

export const FILE_PROBLEM_TEXTS = {
  empty: {
    zh: '文件是空的，请使用填报模板重新填写',
    en: 'the file is empty; fill in the template and send it again',
  },
  'no-data-rows': {
    zh: '文件只有表头，没有数据行',
    en: 'the file holds a header but no data row',
  },
  header: {
    zh: '表头（第 {row} 行）有 {count} 处错误：{detailZh}',
    en: 'the header (row {row}) has {count} errors: {detailEn}',
  },
  'blank-column-name': {
    zh: '表头第 {column} 列没有列名，而其右边还有列；请补上列名或删除该列',
    en: 'column {column} of the header has no name although columns follow it; name it or delete it',
  },
  'too-many-rows': {
    zh: '数据行超过 {limit} 行，请拆分文件',
    en: 'the file holds more than {limit} data rows; split it',
  },
  'too-many-columns': {
    zh: '列数超过 {limit} 列',
    en: 'the file has more than {limit} columns',
  },
  'record-too-long': {
    zh: '第 {row} 行过长（超过 {limit} 个字符），多半是引号没有成对；请检查该行的引号',
    en: 'row {row} is longer than {limit} characters, most likely a quote that is never closed; check its quotes',
  },
  'quote-not-closed': {
    zh: '第 {row} 行的引号没有成对，其后的内容无法分行；请检查该行的引号',
    en: 'a quote opened in row {row} is never closed, so the rows after it cannot be told apart; check its quotes',
  },
  'not-csv': {
    zh: '无法按 CSV 读取第 {row} 行：{reason}',
    en: 'row {row} cannot be read as CSV: {reason}',
  },
  'not-text': {
    zh: '这不是文本文件（含有空字节），请另存为“CSV UTF-8（逗号分隔）”或 .xlsx',
    en: 'this is no text file (it holds null bytes); save it as "CSV UTF-8" or .xlsx',
  },
  'encoding-unknown': {
    zh: '文件的编码既不是 UTF-8 也不是 GB18030，请另存为“CSV UTF-8（逗号分隔）”',
    en: 'the file is encoded neither in UTF-8 nor in GB18030; save it as "CSV UTF-8"',
  },
  'encoding-mixed': {
    zh: '文件开头是 {encoding} 编码，但第 {byte} 字节附近不是；请统一编码，另存为“CSV UTF-8（逗号分隔）”',
    en: 'the file starts in {encoding} but is not near byte {byte}; save the whole as "CSV UTF-8"',
  },
  'xlsx-sent-as-csv': {
    zh: '这是 .xlsx 工作簿而不是 CSV，请按 xlsx 格式上传',
    en: 'this is an .xlsx workbook and no CSV; send it as xlsx',
  },
  'old-or-encrypted-workbook': {
    zh: '这是旧版 .xls 文件或加了密码的工作簿；请取消密码并另存为 .xlsx',
    en: 'this is an old .xls file or a workbook with a password; remove the password and save it as .xlsx',
  },
  'not-xlsx': {
    zh: '这不是 .xlsx 工作簿；请用表格软件另存为 .xlsx，或按 CSV 上传',
    en: 'this is no .xlsx workbook; save it as .xlsx in a spreadsheet program, or send it as CSV',
  },
  'xlsx-damaged': {
    zh: '工作簿已损坏或不完整（{part}）；请重新保存后再上传',
    en: 'the workbook is damaged or incomplete ({part}); save it again and send it once more',
  },
  'xlsx-encrypted-part': {
    zh: '工作簿加了密码；请取消密码后再上传',
    en: 'the workbook has a password; remove it and send the file again',
  },
  'xlsx-too-large': {
    zh: '工作簿解压后过大（上限 {limit}）；请拆分文件或改用 CSV',
    en: 'the workbook is too large once unpacked (limit {limit}); split it or send CSV',
  },
  'no-worksheet': {
    zh: '工作簿中没有可见的工作表',
    en: 'the workbook has no visible worksheet',
  },
} as const satisfies Record<string, Bilingual>;

export type FileProblemCode = keyof typeof FILE_PROBLEM_TEXTS;

/** At most so many header errors are told in the sentence; `issues` holds them all. */
const TOLD_HEADER_ISSUES = 10;

/** Thrown while a file is read; nothing that a client sends makes the readers throw anything else. */
export class FileProblem extends Error {
  readonly text: Bilingual;

  constructor(
    readonly code: FileProblemCode,
    params: Readonly<Record<string, string>> = {},
    /** The header's errors, for code `header`. */
    readonly issues: readonly Issue[] = [],
  ) {
    const text = fill(FILE_PROBLEM_TEXTS[code], params);
    super(text.en);
    this.name = 'FileProblem';
    this.text = text;
  }

  /** All of a header's errors at once. */
  static ofHeader(row: number, issues: readonly Issue[]): FileProblem {
    const told = issues.slice(0, TOLD_HEADER_ISSUES).map((issue) => issueTexts(issue));
    const more = issues.length > told.length;
    const sentence = (language: 'zh' | 'en', separator: string): string =>
      told
        .map(({ message, hint }) =>
          language === 'zh' ? `${message.zh}（${hint.zh}）` : `${message.en} (${hint.en})`,
        )
        .join(separator) + (more ? '…' : '');
    return new FileProblem(
      'header',
      {
        row: String(row),
        count: String(issues.length),
        detailZh: sentence('zh', '；'),
        detailEn: sentence('en', '; '),
      },
      issues,
    );
  }
}
