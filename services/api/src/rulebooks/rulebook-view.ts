/** A rulebook as a reader sees it. */
import type { Rulebook } from '@tanxiao/rulebook';
import type { Standards } from '@tanxiao/standards';
import type { z } from 'zod';

import { originOf } from './document-origin';
import type { RulebookDetail, rulebookSummarySchema } from './schemas';

export function rulebookSummary(
  standards: Standards,
  rulebook: Rulebook,
): z.infer<typeof rulebookSummarySchema> {
  const { document } = rulebook;
  const version = `version=${rulebook.version}`;
  return {
    id: rulebook.id,
    version: rulebook.version,
    hash: rulebook.hash,
    title: rulebook.title,
    subject: document.subject,
    effective: { from: document.effective.from, to: document.effective.to ?? null },
    origin: originOf(standards, rulebook),
    factorSet: document.factorSet,
    links: {
      self: `/v1/rulebooks/${rulebook.id}?${version}`,
      template: `/v1/rulebooks/${rulebook.id}/template?${version}`,
    },
  };
}

export function rulebookDetail(standards: Standards, rulebook: Rulebook): RulebookDetail {
  const { document } = rulebook;
  return {
    ...rulebookSummary(standards, rulebook),
    sources: sourcesView(document.sources),
    identifiers: [...document.subjectKey.identifiers],
    classifications: document.subjectKey.classifications.map(({ id, level }) => ({
      id,
      level: level ?? null,
    })),
    inputs: rulebook.inputs.map(({ options, ...input }) => ({
      ...input,
      options: options?.map((option) => ({ ...option })) ?? null,
    })),
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
    tables: document.tables.map(({ name, title, unit, by, rows }) => ({
      ...{ name, title, unit },
      by: typeof by === 'object' ? by.input : by,
      rows: rows.flatMap(({ key, values }) =>
        values.map(({ from, value, source, clause, status }) => ({
          ...{ key, from, value, source, status },
          clause: clause ?? null,
        })),
      ),
    })),
    peers: document.peers.map(peersView),
    notRated: document.notRated.map(({ reason, message, when }) => ({
      code: reason,
      message,
      when: when ?? null,
    })),
    gradings: document.gradings.map(
      ({ name, title, of, compare, gates, bands, source, clause }) => ({
        ...{ name, title, compare, source, clause, gates },
        of: of ?? null,
        bands: bands.map((band) => ({
          code: band.code,
          title: band.title,
          atMost: band.atMost ?? null,
          below: band.below ?? null,
          atLeast: band.atLeast ?? null,
          above: band.above ?? null,
          when: band.when ?? null,
        })),
      }),
    ),
    results: document.results.columns.map((column) => ({ ...column })),
    headline: { ...document.headline, level: document.headline.level ?? null },
  };
}

type PeersDocument = Rulebook['document']['peers'][number];

function peersView(peers: PeersDocument): RulebookDetail['peers'][number] {
  const { name, title, unit, statistic, members, minimumPeers, groups, source, clause } = peers;
  return {
    ...{ name, title, unit, statistic, members, minimumPeers, source, clause },
    groups: groups.map(({ by = [], ...group }) => ({ ...group, by })),
    of: peers.statistic === 'ratio-of-totals' ? [peers.numerator, peers.denominator] : [peers.of],
    share: peers.statistic === 'top-share' ? peers.share : null,
    best: peers.statistic === 'top-share' ? peers.best : null,
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
