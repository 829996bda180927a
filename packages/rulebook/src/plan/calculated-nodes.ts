/** Nodes that read other nodes: calculations, and statistics of the peers' values; each after all that it reads. */
import { namesIn, requiredNames } from '../formula/expression';
import type { Compilation } from './compilation';
import { stageOfStatistic } from './plan-statistics';
import { isNonNegative } from './sign';

/** @param name of a calculation or statistic, whose operands are nodes already */
export function addCalculatedNode(compilation: Compilation, name: string): void {
  const { document } = compilation.rulebook;
  const statistic = document.peers.findIndex((peers) => peers.name === name);
  if (statistic >= 0) addStatistic(compilation, statistic);
  else
    addCalculation(
      compilation,
      document.calculations.findIndex((c) => c.name === name),
    );
}

/** Positions of the reasons that withhold a value. */
function withholding({ rulebook }: Compilation, name: string): number[] {
  return rulebook.document.notRated.flatMap((rule, i) =>
    rule.withholds?.includes(name) ? [i] : [],
  );
}

function addStatistic(compilation: Compilation, index: number): void {
  const peers = compilation.rulebook.document.peers[index]!;
  compilation.nodes.add(
    peers,
    { kind: 'statistic', index },
    {
      nullable: true,
      nonNegative: false,
      missingReason: compilation.reasonIndex(peers.missing.notRated),
      stage: 1 + stageOfStatistic(compilation, index),
      withheldBy: withholding(compilation, peers.name),
    },
  );
}

function addCalculation(compilation: Compilation, index: number): void {
  const { rulebook, nodes } = compilation;
  const calculation = rulebook.document.calculations[index]!;
  const { formula, onlyIf } = rulebook.formulas.calculations[index]!;
  const withheldBy = withholding(compilation, calculation.name);
  const required = [...requiredNames(formula), ...(onlyIf ? requiredNames(onlyIf) : [])];
  const guards = withheldBy.flatMap((i) => namesIn(rulebook.formulas.notRated[i]!));
  const read = [...namesIn(formula), ...(onlyIf ? namesIn(onlyIf) : []), ...guards];
  nodes.add(
    calculation,
    {
      kind: 'calculation',
      formula,
      text: calculation.formula,
      onlyIf,
      onlyIfText: calculation.onlyIf ?? null,
      source: calculation.source,
      clause: calculation.clause,
    },
    {
      nullable:
        onlyIf !== null ||
        withheldBy.length > 0 ||
        required.some((operand) => nodes.named(operand).nullable),
      nonNegative: isNonNegative(formula, (operand) => nodes.named(operand).nonNegative),
      missingReason: null,
      stage: nodes.stageOf(read),
      withheldBy,
    },
  );
}
