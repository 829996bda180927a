/** Rulebooks and their forms by the names a client gives, with a clear problem where there is none. */
import { type Issue, type Period, ProblemError } from '@tanxiao/contracts';
import { type Form, formOf } from '@tanxiao/forms';
import { currentVersion, type FactorSet, type Plan, type Rulebook } from '@tanxiao/rulebook';
import type { Standards } from '@tanxiao/standards';

import type { ApiContext } from '../context';

/** Where the client named the rulebook and the period: JSON pointers, or null for query parameters. */
export interface NamedAt {
  readonly rulebook: string | null;
  readonly period: string | null;
}

/** By the standards, too: which periods a form admits depends on the other versions. */
const forms = new WeakMap<Standards, WeakMap<Rulebook, Form>>();

/** The form of a rulebook version, derived once. */
export function formOfRulebook(context: ApiContext, rulebook: Rulebook): Form {
  const { standards } = context;
  const ofStandards = forms.get(standards) ?? new WeakMap<Rulebook, Form>();
  forms.set(standards, ofStandards);
  const form =
    ofStandards.get(rulebook) ?? formOf(rulebook, (id, period) => standards.plan(id, period));
  ofStandards.set(rulebook, form);
  return form;
}

/** @throws ProblemError `invalid-request` naming the rulebooks there are, or the period without one in force. */
export function planFor(
  context: ApiContext,
  rulebookId: string,
  period: Period,
  at: NamedAt = { rulebook: null, period: null },
): Plan {
  const plan = context.standards.plan(rulebookId, period);
  if (plan) return plan;
  const known = context.standards.rulebooks.some((rulebook) => rulebook.id === rulebookId);
  const issue: Issue = known
    ? {
        code: 'rulebook-not-in-force',
        ...(at.period === null ? {} : { pointer: at.period }),
        seen: period.id,
        params: { rulebook: rulebookId },
      }
    : unknownRulebook(context, rulebookId, at.rulebook);
  throw new ProblemError('invalid-request', {}, [issue]);
}

export function formFor(
  context: ApiContext,
  rulebookId: string,
  period: Period,
  at?: NamedAt,
): Form {
  return formOfRulebook(context, planFor(context, rulebookId, period, at).rulebook);
}

/** @throws ProblemError `invalid-request` where no version of the rulebook is known. */
export function requireRulebook(
  context: ApiContext,
  rulebookId: string,
  at: string | null = null,
): void {
  if (!context.standards.rulebooks.some((rulebook) => rulebook.id === rulebookId))
    throw new ProblemError('invalid-request', {}, [unknownRulebook(context, rulebookId, at)]);
}

function unknownRulebook(context: ApiContext, seen: string, pointer: string | null): Issue {
  const ids = new Set(context.standards.rulebooks.map((rulebook) => rulebook.id));
  return {
    code: 'unknown-rulebook',
    ...(pointer === null ? {} : { pointer }),
    seen,
    params: { available: [...ids].join(', ') },
  };
}

export interface WantedDocument {
  readonly kind: string;
  readonly id: string;
  /** Left out: the version in force on `day`, or the newest where none is. */
  readonly version: string | undefined;
  /** ISO 8601. */
  readonly day: string;
}

export interface FoundDocument<T> {
  readonly document: T;
  /** On the day. */
  readonly inForce: boolean;
}

/** The version asked for, or the current one. @throws ProblemError `not-found` */
export function documentOf<T extends Rulebook | FactorSet>(
  documents: readonly T[],
  { kind, id, version, day }: WantedDocument,
): FoundDocument<T> {
  const current = currentVersion(documents, id, day);
  const asked = documents.find((one) => one.id === id && one.version === version);
  const document = version === undefined ? current?.version : asked;
  if (!document || !current)
    throw new ProblemError('not-found', {
      what: `${kind} ${id}${version === undefined ? '' : ` ${version}`}`,
    });
  return { document, inForce: current.inForce && document === current.version };
}
