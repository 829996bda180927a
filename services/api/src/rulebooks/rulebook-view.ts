/** A rulebook as a reader sees it. */
import type { Rulebook } from '@tanxiao/rulebook';
import type { z } from 'zod';

import type { RulebookDetail, rulebookSummarySchema } from './schemas';

export function rulebookSummary(rulebook: Rulebook): z.infer<typeof rulebookSummarySchema> {
  const { document } = rulebook;
  const version = `version=${rulebook.version}`;
  return {
    id: rulebook.id,
    version: rulebook.version,
    hash: rulebook.hash,
    title: rulebook.title,
    subject: document.subject,
    effective: { from: document.effective.from, to: document.effective.to ?? null },
    factorSet: document.factorSet,
    links: {
      self: `/v1/rulebooks/${rulebook.id}?${version}`,
      template: `/v1/rulebooks/${rulebook.id}/template?${version}`,
    },
  };
}

export function rulebookDetail(rulebook: Rulebook): RulebookDetail {
  const { document } = rulebook;
  return {
    ...rulebookSummary(rulebook),
    sources: sourcesView(document.sources),
    identifiers: [...document.subjectKey.identifiers],
    classifications: document.subjectKey.classifications.map(({ id, level }) => ({
      id,
      level: level ?? null,
    })),
    inputs: rulebook.inputs.map((input) => ({ ...input })),
    numbers: document.parameters.flatMap(({ name, title, unit, values }) =>
      values.map(({ from, value, source, clause, status }) => ({
        name,
        title,
        unit,
        from,
        value,
        source,
        clause: clause ?? null,
        status,
      })),
    ),
    calculations: document.calculations.map((calculation) => ({
      name: calculation.name,
      title: calculation.title,
      unit: calculation.unit,
      formula: calculation.formula,
      onlyIf: calculation.onlyIf ?? null,
      source: calculation.source,
      clause: calculation.clause,
    })),
    peers: peersView(document.peers[0]),
    notRated: document.notRated.map(({ reason, message, when }) => ({
      code: reason,
      message,
      when: when ?? null,
    })),
    gradings: document.gradings.map((grading) => ({
      ...grading,
      bands: grading.bands.map(({ code, title, atMost, below }) => ({
        code,
        title,
        atMost: atMost ?? null,
        below: below ?? null,
      })),
    })),
    results: document.results.columns.map((column) => ({ ...column })),
    headline: { ...document.headline, level: document.headline.level ?? null },
  };
}

type PeersDocument = Rulebook['document']['peers'][number];

function peersView(peers: PeersDocument | undefined): RulebookDetail['peers'] {
  if (!peers) return null;
  return {
    name: peers.name,
    title: peers.title,
    unit: peers.unit,
    statistic: peers.statistic,
    numerator: peers.numerator,
    denominator: peers.denominator,
    members: peers.members,
    minimumPeers: peers.minimumPeers,
    groups: peers.groups,
    source: peers.source,
    clause: peers.clause,
  };
}

type Sources = Rulebook['document']['sources'];

export function sourcesView(sources: Sources): RulebookDetail['sources'] {
  return Object.fromEntries(
    Object.entries(sources).map(([key, { title, citation, status, url }]) => [
      key,
      { title, citation, status, ...(url === undefined ? {} : { url }) },
    ]),
  );
}
