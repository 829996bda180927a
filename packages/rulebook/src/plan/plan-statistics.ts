/** What a plan knows of its peer statistics: of which values they are made, over whom, and at which stage. */
import { Rational } from '../exact/rational';
import { namesIn } from '../formula/expression';
import type { Compilation } from './compilation';
import { peerGroupLevels } from './peer-group';
import type { PlanStatistic, StatisticMeasure } from './plan';

export function planStatistic(compilation: Compilation, index: number): PlanStatistic {
  const { rulebook, nodes } = compilation;
  const peers = rulebook.document.peers[index]!;
  const { name, title, groups, source, clause } = peers;
  return {
    ...{ name, title, source, clause },
    groups: peerGroupLevels(groups, rulebook.inputs),
    slot: nodes.slot(name),
    measure: measureOf(compilation, index),
    members: rulebook.formulas.members[index]!,
    minimumPeers: parameterValue(compilation, peers.minimumPeers).toNumber(),
    stage: stageOfStatistic(compilation, index),
  };
}

/** Of what a statistic is made of, membership included. */
export function stageOfStatistic(compilation: Compilation, index: number): number {
  const { rulebook, nodes } = compilation;
  const measure = measureOf(compilation, index);
  const slots =
    measure.kind === 'ratio-of-totals' ? [measure.numerator, measure.denominator] : [measure.of];
  return Math.max(
    ...slots.map((slot) => nodes.all[slot]!.stage),
    nodes.stageOf(namesIn(rulebook.formulas.members[index]!)),
  );
}

function measureOf(compilation: Compilation, index: number): StatisticMeasure {
  const { rulebook, nodes } = compilation;
  const peers = rulebook.document.peers[index]!;
  switch (peers.statistic) {
    case 'ratio-of-totals':
      return {
        kind: peers.statistic,
        numerator: nodes.slot(peers.numerator),
        denominator: nodes.slot(peers.denominator),
      };
    case 'mean':
      return { kind: peers.statistic, of: nodes.slot(peers.of), decimals: peers.decimals };
    case 'median':
      return { kind: peers.statistic, of: nodes.slot(peers.of) };
    case 'top-share':
      return {
        kind: peers.statistic,
        of: nodes.slot(peers.of),
        share: parameterValue(compilation, peers.share),
        best: peers.best,
      };
  }
}

function parameterValue({ nodes }: Compilation, name: string): Rational {
  const { origin } = nodes.named(name);
  return origin.kind === 'parameter' ? origin.value : Rational.ZERO;
}
