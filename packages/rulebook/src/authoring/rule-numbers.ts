/**
 * Every number of a rulebook that carries a source and a status, wherever in the document it stands: a rule shape that
 * is added later is found without a change here.
 */
import type { Bilingual } from '@tanxiao/contracts';

import type { RulebookDocument, Status } from '../document/schema';
import { numberFact } from './dated-numbers';
import { type Fields, isFields } from './document-value';

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

function ownerIn({ name, title }: Fields): Owner | null {
  return typeof name === 'string' && isFields(title)
    ? { name, title: { zh: String(title.zh), en: String(title.en) } }
    : null;
}

function numberIn(fields: Fields, owner: Owner): RuleNumber | null {
  const fact = numberFact(fields);
  if (!fact) return null;
  const from = typeof fields.from === 'string' ? fields.from : null;
  // The schema admits no other status.
  return { ...owner, ...fact, from, status: fact.status as Status };
}
