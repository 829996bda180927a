/**
 * Every number of a rulebook that carries a source and a status, wherever in the document it stands: a rule shape that
 * is added later is found without a change here.
 */
import type { Bilingual } from '@tanxiao/contracts';

import type { RulebookDocument, Status } from '../document/schema';

export interface RuleNumber {
  /** Name and title of the parameter, or of whatever else the number belongs to. */
  readonly name: string;
  readonly title: Bilingual | null;
  /** First day on which it holds, ISO 8601; null: as long as the rulebook does. */
  readonly from: string | null;
  readonly value: number;
  readonly source: string;
  readonly clause: string | null;
  readonly status: Status;
}

type Fields = Readonly<Record<string, unknown>>;
type Owner = Pick<RuleNumber, 'name' | 'title'>;

export function ruleNumbers(document: RulebookDocument): RuleNumber[] {
  const found: RuleNumber[] = [];
  const visit = (value: unknown, owner: Owner): void => {
    if (Array.isArray(value)) {
      for (const item of value) visit(item, owner);
    } else if (isFields(value)) {
      const number = numberIn(value, owner);
      if (number) found.push(number);
      for (const field of Object.values(value)) visit(field, ownerIn(value) ?? owner);
    }
  };
  visit(document, { name: document.rulebook, title: document.title });
  return found;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function ownerIn({ name, title }: Fields): Owner | null {
  return typeof name === 'string' && isFields(title)
    ? { name, title: { zh: String(title.zh), en: String(title.en) } }
    : null;
}

function numberIn(fields: Fields, owner: Owner): RuleNumber | null {
  const { value, source, status, from, clause } = fields;
  if (typeof value !== 'number' || typeof source !== 'string' || typeof status !== 'string') {
    return null;
  }
  return {
    ...owner,
    from: typeof from === 'string' ? from : null,
    value,
    source,
    clause: typeof clause === 'string' ? clause : null,
    status: status as Status,
  };
}
