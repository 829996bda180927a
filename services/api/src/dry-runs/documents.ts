/** The documents a dry run compares, as the request names them: loaded ones, kept ones, or the client's own text. */
import {
  type DryRunRequest,
  type Issue,
  type Period,
  ProblemError,
  type ProposalKind,
} from '@tanxiao/contracts';
import type { FactorSet, Rulebook } from '@tanxiao/rulebook';
import { getProposal, getProposalText, getRulebookDocument } from '@tanxiao/store';

import type { ApiContext } from '../context';
import { planFor, requireRulebook } from '../rulebooks/forms';
import type { DocumentText, DryRunDocuments, NamedDocument } from './thread-messages';

/** @throws ProblemError `invalid-request` for a version, hash or factor set that is not at hand */
export async function dryRunDocuments(
  context: ApiContext,
  request: DryRunRequest,
  period: Period,
): Promise<DryRunDocuments> {
  const factorSets = context.standards.factorSets.map((set) => named(set, '/factorSet'));
  const { factorSet } = request;
  return {
    period: period.id,
    before: await rulebookBefore(context, request, period),
    after: {
      rulebook: await rulebookAfter(context, request),
      factorSet: factorSet === undefined ? null : await replacement(context, factorSet),
    },
    factorSets,
    grading: request.grading ?? null,
  };
}

async function rulebookAfter(
  context: ApiContext,
  { rulebook: id, after }: DryRunRequest,
): Promise<DocumentText> {
  if ('text' in after) return { text: after.text, place: '/after/text' };
  if ('proposal' in after)
    return proposalText(context, { kind: 'rulebook', id, proposal: after.proposal, at: '/after' });
  const wanted = { id, version: after.version, at: '/after/version' };
  return versionOf(context.standards.rulebooks, wanted);
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

async function replacement(
  context: ApiContext,
  factorSet: NonNullable<DryRunRequest['factorSet']>,
): Promise<DocumentText> {
  const at = '/factorSet';
  if ('text' in factorSet) return { text: factorSet.text, place: '/factorSet/text' };
  if ('proposal' in factorSet)
    return proposalText(context, { kind: 'factor-set', id: null, ...factorSet, at });
  return versionOf(context.standards.factorSets, { ...factorSet, at });
}

interface WantedProposal {
  readonly kind: ProposalKind;
  /** Of the document; null: any. */
  readonly id: string | null;
  readonly proposal: string;
  readonly at: string;
}

/** Open or decided: a change is tried before it is approved. */
async function proposalText(
  { pool }: ApiContext,
  { kind, id, proposal, at }: WantedProposal,
): Promise<DocumentText> {
  const found = await getProposal(pool, proposal);
  const place = `${at}/proposal`;
  const fits = found?.kind === kind && (id === null || found.documentId === id);
  const text = fits ? await getProposalText(pool, proposal) : null;
  const what = `${kind} proposal ${proposal}${id === null ? '' : ` of ${id}`}`;
  if (text === null) throw unknown({ what, at: place, seen: proposal });
  return { text, place };
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
