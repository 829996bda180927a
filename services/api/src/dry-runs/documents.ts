/** The documents a dry run compares, as the request names them: loaded ones, kept ones, or the client's own text. */
import { type DryRunRequest, type Issue, type Period, ProblemError } from '@tanxiao/contracts';
import type { FactorSet, Rulebook } from '@tanxiao/rulebook';
import { getRulebookDocument } from '@tanxiao/store';

import type { ApiContext } from '../context';
import { planFor, requireRulebook } from '../rulebooks/forms';
import type { DocumentText, DryRunDocuments, NamedDocument } from './thread-messages';

/** @throws ProblemError `invalid-request` for a version, hash or factor set that is not at hand */
export async function dryRunDocuments(
  context: ApiContext,
  request: DryRunRequest,
  period: Period,
): Promise<DryRunDocuments> {
  const { rulebooks } = context.standards;
  const factorSets = context.standards.factorSets.map((set) => named(set, '/factorSet'));
  const { after, factorSet } = request;
  return {
    period: period.id,
    before: await rulebookBefore(context, request, period),
    after: {
      rulebook:
        'text' in after
          ? { text: after.text, place: '/after/text' }
          : versionOf(rulebooks, {
              id: request.rulebook,
              version: after.version,
              at: '/after/version',
            }),
      factorSet: factorSet === undefined ? null : replacement(context, factorSet),
    },
    factorSets,
    grading: request.grading ?? null,
  };
}

async function rulebookBefore(
  context: ApiContext,
  { rulebook: id, before }: DryRunRequest,
  period: Period,
): Promise<DocumentText> {
  const place = '/before';
  if (before === undefined) {
    const at = { rulebook: '/rulebook', period: '/period' };
    return { text: planFor(context, id, period, at).rulebook.text, place };
  }
  requireRulebook(context, id, '/rulebook');
  const loaded = context.standards.rulebooks.find(
    (one) => one.id === id && (one.version === before || one.hash === before),
  );
  const found = loaded ?? (await getRulebookDocument(context.pool, before));
  if (found?.id !== id) throw unknown({ what: `${id} ${before}`, at: place, seen: before });
  return { text: found.text, place };
}

function replacement(
  { standards }: ApiContext,
  factorSet: NonNullable<DryRunRequest['factorSet']>,
): DocumentText {
  return 'text' in factorSet
    ? { text: factorSet.text, place: '/factorSet/text' }
    : versionOf(standards.factorSets, { ...factorSet, at: '/factorSet' });
}

function versionOf(
  documents: readonly (Rulebook | FactorSet)[],
  wanted: { readonly id: string; readonly version: string; readonly at: string },
): NamedDocument {
  const { id, version, at } = wanted;
  const found = documents.find((one) => one.id === id && one.version === version);
  if (found) return named(found, at);
  throw unknown({ what: `${id} ${version}`, at, seen: version });
}

function named({ id, version, text }: Rulebook | FactorSet, place: string): NamedDocument {
  return { id, version, text, place };
}

function unknown({ what, at, seen }: { what: string; at: string; seen: string }): ProblemError {
  const issue: Issue = {
    code: 'bad-field',
    pointer: at,
    seen,
    params: { detailZh: `没有 ${what}`, detailEn: `there is no ${what}` },
  };
  return new ProblemError('invalid-request', {}, [issue]);
}
