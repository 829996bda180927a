/** Who is rated and where it belongs: identifier, name, region and industry, checked alike for JSON and files. */
import { type SubjectKey, type SubmissionPlace, usccProblem } from '@tanxiao/contracts';
import {
  CLASSIFICATION_IDS,
  loadClassification,
  loadRegions,
  type Regions,
} from '@tanxiao/standards';

import {
  type ClassificationRule,
  type Form,
  type FormColumn,
  type SubjectColumn,
  subjectColumn,
} from '../form';
import type { Report } from './report';
import { foldWidth, hasUnseenCharacter, trimBlanks } from './text-folding';

/** As written; null where nothing was written. */
export type SubjectTexts = Readonly<Record<Exclude<SubjectColumn, 'period'>, string | null>>;

export type PlaceTexts = Pick<
  SubjectTexts,
  'region_code' | 'industry_classification' | 'industry_code'
>;

export interface SubjectFields extends SubmissionPlace {
  readonly subject: SubjectKey;
  readonly name: string | null;
}

export const NAME_CHARACTERS = 200;
export const LOCAL_ID = /^[A-Za-z0-9._-]{1,64}$/;
const CLASSIFICATION_NAME = /^[a-z0-9][a-z0-9.-]{0,62}$/;
const UNCHECKED_INDUSTRY_CODE = /^\d{2,6}$/;

/** Read once a process: 1,971 and some hundred rows. */
let regions: Regions | null = null;

/** One per form: columns looked up once, not once a row. */
export class SubjectReader {
  private readonly columns: Readonly<Partial<Record<SubjectColumn, FormColumn>>>;

  constructor(private readonly form: Form) {
    regions ??= loadRegions();
    this.columns = Object.fromEntries(
      form.columns.filter(({ role }) => role !== 'input').map((column) => [column.role, column]),
    );
  }

  /** Null where anything is wrong, all of which is in the report. */
  read(texts: SubjectTexts, report: Report): SubjectFields | null {
    const subject = this.subject(texts, report);
    const name = this.name(texts.name, report);
    const place = this.place(texts, report);
    if (subject === null || name === undefined || place === null) return null;
    return { subject, name, ...place };
  }

  /** Of {@link read}: where the subject stands. Null where anything of that is wrong. */
  place(texts: PlaceTexts, report: Report): SubmissionPlace | null {
    const regionCode = this.region(texts.region_code, report);
    const industry = this.industry(texts, report);
    if (regionCode === null || industry === null) return null;
    return { regionCode, ...industry };
  }

  private column(role: SubjectColumn): FormColumn {
    return this.columns[role] ?? this.form.columns[0]!;
  }

  private subject(texts: SubjectTexts, report: Report): SubjectKey | null {
    const uscc = foldWidth(texts.uscc ?? '').toUpperCase();
    const localId = foldWidth(texts.local_id ?? '');
    if (uscc !== '' && localId !== '') {
      report.add('two-identifiers', this.column('local_id'), localId);
      return null;
    }
    const scheme = localId !== '' ? 'local' : uscc !== '' ? 'uscc' : null;
    if (scheme === null) {
      report.add('required', this.form.columns[0]!, null);
      return null;
    }
    const code = scheme === 'uscc' ? uscc : localId;
    if (!this.form.identifiers.includes(scheme)) {
      report.add('identifier-not-admitted', this.form.columns[0]!, code, {
        rulebook: this.form.rulebook.id,
        admitted: this.form.identifiers.join(', '),
      });
      return null;
    }
    if (scheme === 'uscc') {
      const problem = usccProblem(code);
      if (problem === null) return { scheme, code };
      report.add(`uscc-${problem}`, this.column('uscc'), code);
    } else if (LOCAL_ID.test(code)) {
      return { scheme, code };
    } else {
      report.add('local-id-shape', this.column('local_id'), code);
    }
    return null;
  }

  /** Undefined where it is wrong. */
  private name(text: string | null, report: Report): string | null | undefined {
    const name = trimBlanks(text ?? '');
    if (name === '') return null;
    if (name.length > NAME_CHARACTERS) {
      report.add('text-too-long', this.column('name'), name, {
        maximum: String(NAME_CHARACTERS),
      });
      return undefined;
    }
    if (hasUnseenCharacter(name)) {
      report.add('forbidden-character', this.column('name'), name);
      return undefined;
    }
    return name;
  }

  private region(text: string | null, report: Report): string | null {
    const code = foldWidth(text ?? '');
    const column = this.column('region_code');
    if (code === '') report.add('required', column, null);
    else if (regions?.valid(code)) return code;
    else report.add('unknown-region', column, code);
    return null;
  }

  private industry(
    texts: PlaceTexts,
    report: Report,
  ): Pick<SubjectFields, 'industryClassification' | 'industryCode'> | null {
    // A park or a project has no industry: the form has no columns for one.
    if (this.form.classifications.length === 0) {
      const asked = (['industry_code', 'industry_classification'] as const).find(
        (name) => foldWidth(texts[name] ?? '') !== '',
      );
      if (asked === undefined) return { industryClassification: '', industryCode: '' };
      report.add('industry-not-asked', subjectColumn(asked, ''), foldWidth(texts[asked] ?? ''), {
        rulebook: this.form.rulebook.id,
      });
      return null;
    }
    const code = foldWidth(texts.industry_code ?? '').toUpperCase();
    const codeColumn = this.column('industry_code');
    if (code === '') report.add('required', codeColumn, null);
    const classification = this.classification(texts.industry_classification, report);
    if (code === '' || classification === null) return null;
    const industryCode = admittedCode(classification.rule, code);
    if (industryCode !== null) return { industryClassification: classification.id, industryCode };
    if (classification.rule.id === 'any') report.add('industry-code-shape', codeColumn, code);
    else {
      report.add('unknown-industry', codeColumn, code, { classification: classification.id });
    }
    return null;
  }

  private classification(
    text: string | null,
    report: Report,
  ): { id: string; rule: ClassificationRule } | null {
    const rules = this.form.classifications;
    const id = foldWidth(text ?? '').toLowerCase() || rules[0]!.id;
    const any = rules.find((rule) => rule.id === 'any' && CLASSIFICATION_NAME.test(id));
    const rule = rules.find((candidate) => candidate.id === id) ?? any;
    if (rule) return { id, rule };
    report.add('unknown-classification', this.column('industry_classification'), id, {
      admitted: rules.map((candidate) => candidate.id).join(', '),
    });
    return null;
  }
}

/** The code without its section letter, where the classification holds it at the level asked for. */
function admittedCode(rule: ClassificationRule, code: string): string | null {
  const known = CLASSIFICATION_IDS.find((id) => id === rule.id);
  if (known === undefined) return UNCHECKED_INDUSTRY_CODE.test(code) ? code : null;
  const entry = loadClassification(known).get(code);
  if (entry === undefined || (rule.level !== null && entry.level !== rule.level)) return null;
  return entry.numericCode;
}
