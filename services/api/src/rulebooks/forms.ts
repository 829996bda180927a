/** Rulebooks and their forms by the names a client gives, with a clear problem where there is none. */
import { type Issue, type Period, ProblemError } from '@tanxiao/contracts';
import { type Form, formOf } from '@tanxiao/forms';
import type { FactorSet, Plan, Rulebook } from '@tanxiao/rulebook';

import type { ApiContext } from '../context';

/** Where the client named the rulebook and the period: JSON pointers, or null for query parameters. */
export interface NamedAt {
  readonly rulebook: string | null;
  readonly period: string | null;
}

const forms = new WeakMap<Rulebook, Form>();

/** The form of a rulebook version, derived once. */
export function formOfRulebook(context: ApiContext, rulebook: Rulebook): Form {
  const known = forms.get(rulebook);
  if (known) return known;
  const form = formOf(rulebook, (id, period) => context.standards.plan(id, period));
  forms.set(rulebook, form);
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

/** The version asked for, or the newest. @throws ProblemError `not-found` */
export function documentOf<T extends Rulebook | FactorSet>(
  documents: readonly T[],
  kind: string,
  id: string,
  version: string | undefined,
): T {
  const versions = documents
    .filter((one) => one.id === id && (version === undefined || one.version === version))
    .sort((a, b) => compareVersions(a.version, b.version));
  const newest = versions.at(-1);
  if (!newest)
    throw new ProblemError('not-found', {
      what: `${kind} ${id}${version === undefined ? '' : ` ${version}`}`,
    });
  return newest;
}

function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  const place = left!.findIndex((part, index) => part !== right![index]);
  return place < 0 ? 0 : left![place]! - right![place]!;
}
