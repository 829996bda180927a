/**
 * What is wrong with one value of a client's input: where, what was seen, what was expected, how to mend it.
 * Every sentence a client can meet about its data stands in ISSUE_TEXTS, in both languages.
 */
import { z } from 'zod';

import { type Bilingual, fill, type Language } from './language';
import { unitTitle } from './unit-title';

interface IssueText {
  /** What is wrong and what was expected. */
  readonly message: Bilingual;
  /** How to mend it. */
  readonly hint: Bilingual;
}

/** `{…}` are filled from the issue's `params`, and `{seen}` from what was seen. */
export const ISSUE_TEXTS = {
  required: {
    message: { zh: '缺少必填项“{title}”', en: '"{title}" is required but missing' },
    hint: { zh: '请填写该项后重新提交', en: 'fill it in and send again' },
  },
  'not-a-number': {
    message: {
      zh: '“{title}”应为数字，实为“{seen}”',
      en: '"{title}" must be a number, found "{seen}"',
    },
    hint: {
      zh: '只填数字（单位 {unit}），不要带单位、文字、千分位以外的符号',
      en: 'write digits only (unit {unit}), without unit or words',
    },
  },
  'zero-or-unknown': {
    message: {
      zh: '“{title}”填了“{seen}”，看不出是零还是未知',
      en: '"{title}" holds "{seen}", which could mean zero or unknown',
    },
    hint: {
      zh: '为零请填 0；未知请留空（单位 {unit}）',
      en: 'write 0 for zero; leave it blank where it is unknown (unit {unit})',
    },
  },
  'other-rulebook-version': {
    message: {
      zh: '评价期 {seen} 适用“{rulebook}”的 {version} 版，本次填报按 {formVersion} 版读取',
      en: 'period {seen} is rated by version {version} of "{rulebook}", but this form is of version {formVersion}',
    },
    hint: {
      zh: '请把适用不同版本的评价期分开提交，提交时指定评价期',
      en: 'send periods of different versions apart, and state the period when sending',
    },
  },
  'too-many-digits': {
    message: {
      zh: '“{title}”的有效数字超过 15 位：{seen}',
      en: '"{title}" has more than 15 significant digits: {seen}',
    },
    hint: {
      zh: '请按 GB/T 8170 修约到不超过 15 位有效数字',
      en: 'round it to at most 15 significant digits (GB/T 8170)',
    },
  },
  'too-large': {
    message: { zh: '“{title}”的数值过大：{seen}', en: '"{title}" is too large: {seen}' },
    hint: {
      zh: '应小于 10^15，请核对计量单位（{unit}）',
      en: 'it must be below 10^15; check the unit ({unit})',
    },
  },
  'above-maximum': {
    message: {
      zh: '“{title}”不能大于 {maximum}，实为 {seen}',
      en: '"{title}" must not be above {maximum}, found {seen}',
    },
    hint: { zh: '请核对数值与计量单位（{unit}）', en: 'check the value and its unit ({unit})' },
  },
  'unknown-option': {
    message: {
      zh: '“{title}”没有选项“{seen}”',
      en: '"{title}" has no option "{seen}"',
    },
    hint: { zh: '可填：{options}', en: 'write one of {optionsEn}' },
  },
  'too-many-decimal-places': {
    message: {
      zh: '“{title}”的小数位数超过 15 位：{seen}',
      en: '"{title}" has more than 15 decimal places: {seen}',
    },
    hint: { zh: '请减少小数位数', en: 'use fewer decimal places' },
  },
  'below-minimum': {
    message: {
      zh: '“{title}”不得小于 {minimum}，实为 {seen}',
      en: '"{title}" must not be below {minimum}, found {seen}',
    },
    hint: {
      zh: '请核对正负号；消费量不能为负，外供部分请按指标解释扣除后填报',
      en: 'check the sign; consumption cannot be negative',
    },
  },
  'unknown-input': {
    message: {
      zh: '评价规范“{rulebook}”没有名为“{seen}”的指标',
      en: 'rulebook "{rulebook}" has no input named "{seen}"',
    },
    hint: {
      zh: '{suggestion}可下载填报模板查看全部指标',
      en: '{suggestionEn}download the template for all names',
    },
  },
  'unknown-column': {
    message: { zh: '不认识的列“{seen}”', en: 'unknown column "{seen}"' },
    hint: {
      zh: '{suggestion}请使用该评价期填报模板的列名（各版本的模板可能不同）；不需要的列请删除，或以 x_ 开头保留',
      en: '{suggestionEn}use the column names of the period’s template (versions may differ); delete other columns, or prefix them with x_',
    },
  },
  'duplicate-column': {
    message: { zh: '列“{seen}”出现了不止一次', en: 'column "{seen}" appears more than once' },
    hint: { zh: '请只保留一列', en: 'keep one of them' },
  },
  'missing-column': {
    message: { zh: '缺少列“{title}”（{name}）', en: 'column "{title}" ({name}) is missing' },
    hint: { zh: '请使用填报模板，不要删除表头', en: 'use the template and keep its header row' },
  },
  'uscc-length': {
    message: {
      zh: '统一社会信用代码应为 18 位，实为“{seen}”',
      en: 'a unified social credit code has 18 characters, found "{seen}"',
    },
    hint: {
      zh: '请按营业执照填写；在电子表格中请把该列设为文本格式',
      en: 'copy it from the business licence; format the column as text in a spreadsheet',
    },
  },
  'uscc-character': {
    message: {
      zh: '统一社会信用代码“{seen}”含有不允许的字符',
      en: 'unified social credit code "{seen}" holds a character that is not allowed',
    },
    hint: {
      zh: '只用数字和大写字母，不用 I、O、S、V、Z（常与 1、0、5 混淆）',
      en: 'digits and capitals only, never I, O, S, V, Z (often mistaken for 1, 0, 5)',
    },
  },
  'uscc-shape': {
    message: {
      zh: '统一社会信用代码“{seen}”的第 3—8 位应为行政区划数字',
      en: 'characters 3 to 8 of unified social credit code "{seen}" must be digits',
    },
    hint: { zh: '请按营业执照核对', en: 'compare it with the business licence' },
  },
  'uscc-check-character': {
    message: {
      zh: '统一社会信用代码“{seen}”的校验位不符（GB 32100-2015）',
      en: 'the check character of unified social credit code "{seen}" does not fit (GB 32100-2015)',
    },
    hint: {
      zh: '代码中至少有一位填错，请按营业执照核对',
      en: 'at least one character is wrong; compare it with the business licence',
    },
  },
  'local-id-shape': {
    message: {
      zh: '本地编号“{seen}”应为 1—64 个字母、数字或 . _ - 符号',
      en: 'local id "{seen}" must be 1 to 64 letters, digits or . _ -',
    },
    hint: { zh: '请改用不含空格和其他符号的编号', en: 'use an id without blanks or other signs' },
  },
  'identifier-not-admitted': {
    message: {
      zh: '评价规范“{rulebook}”不接受这种主体标识，只接受：{admitted}',
      en: 'rulebook "{rulebook}" does not admit this identifier, only: {admitted}',
    },
    hint: { zh: '请改用所列标识', en: 'use one of those' },
  },
  'two-identifiers': {
    message: {
      zh: '统一社会信用代码与本地编号只能填一个',
      en: 'give either a unified social credit code or a local id, not both',
    },
    hint: { zh: '请删去其中一个', en: 'remove one of them' },
  },
  'unknown-region': {
    message: {
      zh: '行政区划代码“{seen}”无效：应为 GB/T 2260 的 6 位代码',
      en: 'region code "{seen}" is not valid: 6 digits of GB/T 2260 are expected',
    },
    hint: { zh: '例如吴兴区为 330502', en: 'for example 330502 for Wuxing district' },
  },
  'unknown-classification': {
    message: {
      zh: '行业分类“{seen}”不被接受，可用：{admitted}',
      en: 'industry classification "{seen}" is not admitted; use: {admitted}',
    },
    hint: { zh: '通常为 gbt4754-2017', en: 'usually gbt4754-2017' },
  },
  'unknown-industry': {
    message: {
      zh: '行业代码“{seen}”不是 {classification} 的 4 位小类代码',
      en: 'industry code "{seen}" is not a 4-digit class of {classification}',
    },
    hint: {
      zh: '请填写 GB/T 4754-2017 小类代码；2011 版代码请先换算',
      en: 'use the class code of GB/T 4754-2017; convert codes of the 2011 edition first',
    },
  },
  'industry-code-shape': {
    message: {
      zh: '行业代码“{seen}”应为 2—6 位数字',
      en: 'industry code "{seen}" must be 2 to 6 digits',
    },
    hint: {
      zh: '请保留前导零（把该列设为文本格式）',
      en: 'keep leading zeros (format the column as text)',
    },
  },
  'differs-from-year-before': {
    message: {
      zh: '“{title}”填了 {seen}，而{beforeZh}所填为 {then}',
      en: '"{title}" is {seen}, but {beforeEn} has {then}',
    },
    hint: {
      zh: '以本次所填为准；如有误请更正，或留空取上年同期的值',
      en: 'what is stated counts; correct it where it is wrong, or leave it blank to take the value of a year before',
    },
  },
  'industry-not-asked': {
    message: {
      zh: '评价规范“{rulebook}”不区分行业，实填“{seen}”',
      en: 'rulebook "{rulebook}" knows no industries, found "{seen}"',
    },
    hint: { zh: '请删除行业代码', en: 'leave the industry out' },
  },
  'bad-period': {
    message: {
      zh: '评价期“{seen}”无效：应如 2026Q3、2026H1 或 2026',
      en: 'period "{seen}" is not valid: write 2026Q3, 2026H1 or 2026',
    },
    hint: { zh: '请改为季度、半年或年度的写法', en: 'write a quarter, a half-year or a year' },
  },
  'rulebook-not-in-force': {
    message: {
      zh: '评价规范“{rulebook}”在评价期 {seen} 没有生效版本',
      en: 'rulebook "{rulebook}" has no version in force in period {seen}',
    },
    hint: { zh: '请核对评价期', en: 'check the period' },
  },
  'unknown-rulebook': {
    message: { zh: '没有名为“{seen}”的评价规范', en: 'there is no rulebook named "{seen}"' },
    hint: { zh: '可用：{available}', en: 'available: {available}' },
  },
  'check-failed': {
    message: { zh: '{messageZh}', en: '{messageEn}' },
    hint: { zh: '请核对所列各项', en: 'compare the values named' },
  },
  'duplicate-subject': {
    message: {
      zh: '同一主体同一评价期重复填报：第 {firstRow} 行已有“{seen}”',
      en: 'the same subject and period appear twice: "{seen}" stands in row {firstRow} already',
    },
    hint: {
      zh: '每个主体每期只保留一行；更正请另行提交，将形成新的修订版',
      en: 'keep one row a subject and period; send corrections separately, they become a new revision',
    },
  },
  'row-width': {
    message: {
      zh: '本行有 {seen} 列，表头有 {expected} 列',
      en: 'this row has {seen} columns, the header has {expected}',
    },
    hint: {
      zh: '请检查多余或缺少的逗号，含逗号的内容要加引号',
      en: 'look for a comma too many or too few; quote texts that hold a comma',
    },
  },
  'text-too-long': {
    message: {
      zh: '“{title}”过长（上限 {maximum} 字）',
      en: '"{title}" is too long (at most {maximum} characters)',
    },
    hint: { zh: '请缩短', en: 'shorten it' },
  },
  'forbidden-character': {
    message: {
      zh: '“{title}”含有不可见的控制字符',
      en: '"{title}" holds an invisible control character',
    },
    hint: { zh: '请删除后重新输入', en: 'delete it and type the text anew' },
  },
  'document-problem': {
    message: {
      zh: '第 {line} 行第 {column} 列（{problem}）：{whatZh}（{detail}）',
      en: 'line {line}, column {column} ({problem}): {whatEn}: {detail}',
    },
    hint: { zh: '{mendZh}', en: '{mendEn}' },
  },
  'bad-field': {
    message: { zh: '字段不合要求：{detailZh}', en: 'the field is not as required: {detailEn}' },
    hint: { zh: '请对照接口文档', en: 'see the API document' },
  },
} as const satisfies Record<string, IssueText>;

export type IssueCode = keyof typeof ISSUE_TEXTS;

/** One thing wrong. `pointer` (RFC 6901) in a JSON body; `row` (1-based line of the sheet, header = 1) and `column` in a file. */
export interface Issue {
  readonly code: IssueCode;
  readonly pointer?: string;
  readonly row?: number;
  readonly column?: string;
  readonly seen?: string;
  /** In a document sent as text: the place, 1-based, and the document's own code of the problem. */
  readonly document?: { readonly line: number; readonly column: number; readonly code: string };
  readonly params?: Readonly<Record<string, string>>;
}

/** What was seen is quoted back, but never at length. */
const SEEN_LIMIT = 80;

export function issueTexts(issue: Issue): { message: Bilingual; hint: Bilingual } {
  const seen = issue.seen ?? '';
  const values = {
    ...issue.params,
    seen: seen.length > SEEN_LIMIT ? `${seen.slice(0, SEEN_LIMIT)}…` : seen,
  };
  const text: IssueText = ISSUE_TEXTS[issue.code];
  // A title has a word of its own in each language: `title` and `titleEn`; a unit's words follow from its name.
  const unit = unitTitle(issue.params?.unit ?? '');
  const chinese = { ...values, unit: unit.zh };
  const english = {
    ...values,
    title: issue.params?.titleEn ?? issue.params?.title ?? '',
    unit: unit.en,
  };
  const both = (template: Bilingual): Bilingual => ({
    zh: fill(template, chinese).zh,
    en: fill(template, english).en,
  });
  return { message: both(text.message), hint: both(text.hint) };
}

export const issueSchema = z
  .object({
    code: z.string(),
    pointer: z.string().optional(),
    row: z.int().optional(),
    column: z.string().optional(),
    seen: z.string().optional(),
    document: z
      .object({ line: z.int(), column: z.int(), code: z.string() })
      .optional()
      .meta({ description: 'Place in a document sent as text, and its own code of the problem' }),
    message: z.string().meta({ description: 'What is wrong and what was expected' }),
    hint: z.string().meta({ description: 'How to mend it' }),
  })
  .meta({ id: 'Issue' });
export type IssueView = z.infer<typeof issueSchema>;

/** An issue as a client reads it, in one language. */
export function issueView(issue: Issue, language: Language): IssueView {
  const { message, hint } = issueTexts(issue);
  return {
    code: issue.code,
    ...(issue.pointer === undefined ? {} : { pointer: issue.pointer }),
    ...(issue.row === undefined ? {} : { row: issue.row }),
    ...(issue.column === undefined ? {} : { column: issue.column }),
    ...(issue.seen === undefined ? {} : { seen: issue.seen.slice(0, SEEN_LIMIT) }),
    ...(issue.document === undefined ? {} : { document: issue.document }),
    message: message[language],
    hint: hint[language],
  };
}
