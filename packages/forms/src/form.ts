/** The form (填报表) that a rulebook asks for: its columns, derived from the rulebook alone, and the plan of a period. */
import type { Period } from '@tanxiao/contracts';
import {
  type Bilingual,
  type Issue,
  parsePeriod,
  type SubjectScheme,
  type SubmissionItem,
} from '@tanxiao/contracts';
import type { NumericInput, Plan, Rulebook } from '@tanxiao/rulebook';

/** Columns before the rulebook's inputs, with the field of a JSON item that says the same. */
export const SUBJECT_COLUMNS = {
  uscc: 'uscc',
  local_id: 'localId',
  name: 'name',
  period: null,
  region_code: 'regionCode',
  industry_classification: 'industryClassification',
  industry_code: 'industryCode',
} as const satisfies Record<string, keyof SubmissionItem | null>;
export type SubjectColumn = keyof typeof SUBJECT_COLUMNS;

export interface FormColumn {
  /** As in a file's header: technical name. */
  readonly name: string;
  readonly role: SubjectColumn | 'input';
  readonly title: Bilingual;
  /** Machine name of the unit; null for texts. */
  readonly unit: string | null;
  readonly minimum: number | null;
  readonly maximum: number | null;
  /** Of a choice; null for quantities and texts. */
  readonly options: NumericInput['options'];
  /** What a blank cell means; null for texts. */
  readonly missing: NumericInput['missing'] | null;
  readonly hint: Bilingual | null;
  /** The input whose value of the same period a year before counts where this one is blank. */
  readonly yearBefore: string | null;
  /** A row without it is rejected (identifiers: one of those admitted). */
  readonly required: boolean;
  /** Kept and shown, but read by no formula. */
  readonly informative: boolean;
  /** Position among the numeric inputs; -1 for texts. */
  readonly input: number;
}

export interface ClassificationRule {
  readonly id: string;
  readonly level: 'division' | 'group' | 'class' | null;
}

export type PlanFor = (rulebookId: string, period: Period) => Plan | null;

/** A period under this form: its plan, or why a submission of that period is refused. */
export type PeriodReading =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly code: Issue['code']; readonly params: Record<string, string> };

export interface Form {
  readonly rulebook: Rulebook;
  readonly columns: readonly FormColumn[];
  readonly inputs: readonly NumericInput[];
  /** Position of an input by its name. */
  readonly inputIndex: ReadonlyMap<string, number>;
  readonly identifiers: readonly SubjectScheme[];
  readonly classifications: readonly ClassificationRule[];
  /** Never throws; compiled once a period. */
  readonly period: (id: string) => PeriodReading;
}

/** For a plan, the form of its rulebook. `planFor` finds the plan of each period that a file's rows name. */
export function formOf(of: Rulebook | Plan, planFor: PlanFor): Form {
  const rulebook = 'rulebook' in of ? of.rulebook : of;
  const { identifiers, classifications } = rulebook.document.subjectKey;
  return {
    rulebook,
    columns: [...subjectColumns(rulebook), ...rulebook.inputs.map(inputColumn)],
    inputs: rulebook.inputs,
    inputIndex: new Map(rulebook.inputs.map((input, index) => [input.name, index])),
    identifiers,
    classifications: classifications.map(({ id, level }) => ({ id, level: level ?? null })),
    period: periodReader(rulebook, planFor),
  };
}

function inputColumn(input: NumericInput, index: number): FormColumn {
  const { name, title, minimum, maximum, options, missing, hint, yearBefore, informative } = input;
  return {
    ...{
      name,
      role: 'input',
      title,
      minimum,
      maximum,
      options,
      missing,
      hint,
      yearBefore,
      informative,
    },
    unit: options ? null : input.unit,
    required: false,
    input: index,
  };
}

const SUBJECT_TITLES: Record<SubjectColumn, { title: Bilingual; hint: Bilingual | null }> = {
  uscc: {
    title: { zh: '统一社会信用代码', en: 'Unified social credit code' },
    hint: { zh: '18 位，见营业执照', en: '18 characters, from the business licence' },
  },
  local_id: {
    title: { zh: '本地编号', en: 'Local id' },
    hint: {
      zh: '没有统一社会信用代码时填写：1—64 个字母、数字或 . _ -',
      en: 'where there is no unified social credit code: 1 to 64 letters, digits or . _ -',
    },
  },
  name: { title: { zh: '名称', en: 'Name' }, hint: null },
  period: {
    title: { zh: '评价期', en: 'Period' },
    hint: {
      zh: '季度 2026Q3、半年 2026H1 或年度 2026；上传时已指定的可留空',
      en: '2026Q3, 2026H1 or 2026; blank where the upload states it',
    },
  },
  region_code: {
    title: { zh: '行政区划代码', en: 'Region code' },
    hint: {
      zh: 'GB/T 2260 的 6 位代码，例如吴兴区 330502',
      en: '6 digits of GB/T 2260, for example 330502',
    },
  },
  industry_classification: {
    title: { zh: '行业分类标准', en: 'Industry classification' },
    hint: { zh: '留空即 {first}', en: 'blank means {first}' },
  },
  industry_code: {
    title: { zh: '行业代码', en: 'Industry code' },
    hint: {
      zh: 'GB/T 4754-2017 的 4 位小类代码，例如 1751',
      en: '4-digit class of GB/T 4754-2017, for example 1751',
    },
  },
};

function subjectColumns(rulebook: Rulebook): FormColumn[] {
  const { identifiers, classifications } = rulebook.document.subjectKey;
  const [first] = classifications;
  const wanted: Readonly<Partial<Record<SubjectColumn, boolean>>> = {
    uscc: identifiers.includes('uscc'),
    local_id: identifiers.includes('local'),
    industry_classification: first !== undefined,
    industry_code: first !== undefined,
  };
  const names = (Object.keys(SUBJECT_COLUMNS) as SubjectColumn[]).filter(
    (name) => wanted[name] ?? true,
  );
  return names.map((name) => subjectColumn(name, first?.id ?? ''));
}

/** @param classification the one that a blank means */
export function subjectColumn(name: SubjectColumn, classification: string): FormColumn {
  const { title, hint } = SUBJECT_TITLES[name];
  return {
    name,
    role: name,
    title,
    unit: null,
    minimum: null,
    maximum: null,
    options: null,
    missing: null,
    hint: hint && {
      zh: hint.zh.replace('{first}', classification),
      en: hint.en.replace('{first}', classification),
    },
    yearBefore: null,
    required: name !== 'name' && name !== 'period' && name !== 'industry_classification',
    informative: false,
    input: -1,
  };
}

function periodReader(rulebook: Rulebook, planFor: PlanFor): Form['period'] {
  // Only periods that exist are kept: 7 a year for 121 years, whatever a file holds.
  const known = new Map<string, PeriodReading>();
  return (id) => {
    const cached = known.get(id);
    if (cached) return cached;
    const period = parsePeriod(id);
    if (!period) return { ok: false, code: 'bad-period', params: {} };
    const plan = planFor(rulebook.id, period);
    const reading: PeriodReading =
      plan === null
        ? { ok: false, code: 'rulebook-not-in-force', params: { rulebook: rulebook.id } }
        : plan.rulebook.hash === rulebook.hash
          ? { ok: true, plan }
          : {
              ok: false,
              code: 'other-rulebook-version',
              params: {
                rulebook: rulebook.id,
                version: plan.rulebook.version,
                formVersion: rulebook.version,
              },
            };
    known.set(id, reading);
    return reading;
  };
}
