/** What a template says of a column: its heading, and what happens where it is left blank. */
import { type Bilingual, type Language, unitTitle } from '@tanxiao/contracts';

import type { Form, FormColumn } from '../form';

/** "工业增加值（收入法） / 万元 *": a star where a row needs it. */
export function columnHeading(column: FormColumn, language: Language): string {
  const unit = column.unit === null ? '' : ` / ${unitTitle(column.unit)[language]}`;
  return `${column.title[language]}${unit}${isWanted(column) ? ' *' : ''}`;
}

const MAY_BE_BLANK: Bilingual = { zh: '可留空', en: 'may be blank' };

/** Without it a row is rejected or not rated. */
export function isWanted(column: FormColumn): boolean {
  return column.required || (column.missing !== null && 'notRated' in column.missing);
}

export function blankMeaning(form: Form, column: FormColumn): Bilingual {
  if (column.role === 'uscc' || column.role === 'local_id') {
    return form.identifiers.length > 1
      ? { zh: '与另一种标识二选一', en: 'one of the two identifiers' }
      : { zh: '必填', en: 'required' };
  }
  if (column.required) return { zh: '必填', en: 'required' };
  if (column.role === 'period') {
    return { zh: '上传时指定的评价期', en: 'the period stated with the upload' };
  }
  if (column.missing === null) return MAY_BE_BLANK;
  if (column.informative)
    return { zh: '可留空，不参与计算', en: 'may be blank, enters no formula' };
  const missing = missingMeaning(form, column, column.missing);
  const source = form.columns.find(({ name }) => name === column.yearBefore);
  if (!source) return missing;
  return {
    zh: `取上年同期填报的“${source.title.zh}”；也没有的，${missing.zh}`,
    en: `what "${source.title.en}" was in the same period a year before; else ${missing.en}`,
  };
}

function missingMeaning(
  form: Form,
  column: FormColumn,
  missing: NonNullable<FormColumn['missing']>,
): Bilingual {
  if ('value' in missing) {
    const option = column.options?.[missing.value];
    if (option) return { zh: `按“${option.title.zh}”计`, en: `counts as "${option.title.en}"` };
    const value = String(missing.value);
    return { zh: `按 ${value} 计`, en: `counts as ${value}` };
  }
  if ('unknown' in missing) return MAY_BE_BLANK;
  const code = missing.notRated;
  const message = form.rulebook.document.notRated.find(({ reason }) => reason === code)?.message;
  return {
    zh: `不予评级（${message?.zh ?? code}）`,
    en: `not rated (${message?.en ?? code})`,
  };
}

/** Where the column's meaning is from: a family names its source, the rest is the rulebook's own. */
export function columnSource(form: Form, column: FormColumn): Bilingual {
  const { document, title, version } = form.rulebook;
  const family = document.families.find(
    ({ name, members }) =>
      column.role === 'input' && members.some(({ code }) => `${name}_${code}` === column.name),
  );
  const source = family && document.sources[family.source];
  if (source) return source.title;
  if (column.role === 'uscc') return { zh: 'GB 32100-2015', en: 'GB 32100-2015' };
  if (column.role === 'region_code') return { zh: 'GB/T 2260', en: 'GB/T 2260' };
  if (column.role === 'industry_code') return { zh: 'GB/T 4754', en: 'GB/T 4754' };
  return { zh: `${title.zh} ${version}`, en: `${title.en} ${version}` };
}
