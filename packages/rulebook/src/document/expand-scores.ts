/**
 * Scores by indicators as parameters, statistics and calculations: each indicator's weight becomes a parameter, the
 * population's leading and baseline values statistics, its points a calculation, and so do each group's points and
 * the score. What is generated is read, checked, computed and explained like what an author wrote.
 *
 * Names: `X_weight`, `X_leading`, `X_baseline`, `X_base`, `X_share_OPTION`, `X_points` of an indicator X; `G_points`
 * of a group G; `S_bonus_cap`, `S_bonus_points` and the score S itself.
 */
import type { Bilingual } from '@tanxiao/contracts';

import type { DocumentPath } from './problems';
import type { RulebookDocument } from './schema';
import type { RuleNumber } from './schema-parts';
import type { IndicatorDocument, Reference, ScoreDocument } from './schema-scores';

type Parameter = RulebookDocument['parameters'][number];
type Calculation = RulebookDocument['calculations'][number];
type Peers = RulebookDocument['peers'][number];

/** A document whose lists also hold what its scores stand for, and where in the text each entry comes from. */
export interface ExpandedDocument {
  readonly document: RulebookDocument;
  /** By position in the document's lists: the path in the text. */
  readonly places: {
    readonly parameters: readonly DocumentPath[];
    readonly calculations: readonly DocumentPath[];
    readonly peers: readonly DocumentPath[];
  };
}

const POINTS = '1';
/** Beyond what any statistic of the field states. */
const MEAN_DECIMALS = 12;

export function expandScores(document: RulebookDocument): ExpandedDocument {
  const expansion = new Expansion(document);
  document.scores.forEach((score, i) => expansion.score(score, ['scores', i]));
  return expansion.result();
}

class Expansion {
  private readonly parameters: Parameter[];
  private readonly calculations: Calculation[];
  private readonly peers: Peers[];
  private readonly places: Record<'parameters' | 'calculations' | 'peers', DocumentPath[]>;

  constructor(private readonly document: RulebookDocument) {
    this.parameters = [...document.parameters];
    this.calculations = [...document.calculations];
    this.peers = [...document.peers];
    this.places = {
      parameters: document.parameters.map((_, i) => ['parameters', i]),
      calculations: document.calculations.map((_, i) => ['calculations', i]),
      peers: document.peers.map((_, i) => ['peers', i]),
    };
  }

  result(): ExpandedDocument {
    const { document, parameters, calculations, peers, places } = this;
    return { document: { ...document, parameters, calculations, peers }, places };
  }

  score(score: ScoreDocument, at: DocumentPath): void {
    const groups = score.groups.map((group, i) => {
      const here = [...at, 'groups', i];
      const points = group.indicators.map((indicator, j) =>
        this.indicator(score, indicator, [...here, 'indicators', j]),
      );
      return this.calculation(
        { ...score, clause: group.clause },
        { name: `${group.name}_points`, title: suffixed(group.title, '得分', 'points') },
        points.join(' + '),
        here,
      );
    });
    const bonus = this.bonus(score, at);
    const deductions = score.deductions.map((item) => known(item.of, item.unknown));
    const sum = [...groups, ...bonus].join(' + ');
    const formula = deductions.length === 0 ? sum : `max(0, ${sum} - ${deductions.join(' - ')})`;
    this.calculation(score, score, formula, at);
  }

  /** At most the cap together, at least nothing. */
  private bonus(score: ScoreDocument, at: DocumentPath): string[] {
    if (!score.bonuses) return [];
    const { cap, items } = score.bonuses;
    const here = [...at, 'bonuses'];
    const capName = `${score.name}_bonus_cap`;
    this.parameter(capName, suffixed(score.title, '加分上限', 'cap of bonuses'), cap, here);
    const sum = items.map((item) => known(item.of, item.unknown)).join(' + ');
    return [
      this.calculation(
        { ...score, clause: items.map((item) => item.clause).join('；') },
        { name: `${score.name}_bonus_points`, title: suffixed(score.title, '加分', 'bonuses') },
        `max(0, min(${capName}, ${sum}))`,
        here,
      ),
    ];
  }

  private indicator(score: ScoreDocument, indicator: IndicatorDocument, at: DocumentPath): string {
    const { name, title, of, unknown, clause } = indicator;
    const weight = `${name}_weight`;
    this.parameter(weight, suffixed(title, '权重', 'weight'), indicator.weight, [...at, 'weight']);
    const points = this.pointsFormula(score, indicator, weight, at);
    return this.calculation(
      { ...score, clause },
      { name: `${name}_points`, title: suffixed(title, '得分', 'points') },
      unknown === 'zero' ? `known(${of}) ? (${points}) : 0` : points,
      at,
    );
  }

  private pointsFormula(
    score: ScoreDocument,
    indicator: IndicatorDocument,
    weight: string,
    at: DocumentPath,
  ): string {
    const { of: x, name } = indicator;
    switch (indicator.method) {
      case 'linear': {
        const of = { score, indicator, at };
        const leading = this.reference(of, 'leading', indicator.leading);
        const baseline = this.reference(of, 'baseline', indicator.baseline);
        // Beyond the first two branches the two differ, so the divisor is not zero.
        return indicator.better === 'higher'
          ? `${x} >= ${leading} ? ${weight} : (${x} < ${baseline} ? 0 : ${weight} * (${x} - ${baseline}) / (${leading} - ${baseline}))`
          : `${x} <= ${leading} ? ${weight} : (${x} > ${baseline} ? 0 : ${weight} * (${baseline} - ${x}) / (${baseline} - ${leading}))`;
      }
      case 'ratio': {
        const base = this.reference({ score, indicator, at }, 'base', indicator.base);
        const { cap } = indicator;
        // Where lower is better nothing at all, or less, earns the cap.
        return indicator.better === 'higher'
          ? `${weight} * max(0, min(${cap}, ${x} / ${base}))`
          : `${x} > 0 ? ${weight} * max(0, min(${cap}, ${base} / ${x})) : ${weight} * ${cap}`;
      }
      case 'options': {
        const options = Object.entries(indicator.shares).map(([option, share]) => {
          const parameter = `${name}_share_${option.replaceAll('-', '_')}`;
          const shareTitle = suffixed(indicator.title, `“${option}”得分比例`, `share of ${option}`);
          this.parameter(parameter, shareTitle, share, [...at, 'shares', option]);
          return { option, parameter };
        });
        const last = options.at(-1)!;
        return options
          .slice(0, -1)
          .reduceRight(
            (otherwise, { option, parameter }) =>
              `${x} == "${option}" ? ${weight} * ${parameter} : (${otherwise})`,
            `${weight} * ${last.parameter}`,
          );
      }
      case 'count':
        return `${weight} * max(0, min(1, ${x} / ${indicator.full}))`;
      case 'points':
        return `max(0, min(${weight}, ${x}))`;
    }
  }

  /** The name of the value that an indicator is compared with; a population's is made a statistic. */
  private reference(
    of: {
      readonly score: ScoreDocument;
      readonly indicator: Extract<IndicatorDocument, { better: unknown }>;
      readonly at: DocumentPath;
    },
    role: keyof typeof ROLE_TITLES,
    reference: Reference,
  ): string {
    if (typeof reference === 'string') return reference;
    const { score, indicator, at } = of;
    const name = `${indicator.name}_${role}`;
    const { population } = score;
    // Without a population the name stays undefined, which the check of formulas tells; see check-scores.ts.
    if (population === undefined) return name;
    const common = {
      name,
      title: suffixed(indicator.title, ROLE_TITLES[role].zh, ROLE_TITLES[role].en),
      unit: unitOf(this.document, indicator.of),
      of: indicator.of,
      ...population,
    };
    this.peers.push(
      reference.population === 'mean'
        ? { statistic: 'mean', decimals: MEAN_DECIMALS, ...common }
        : {
            statistic: 'top-share',
            share: reference.share,
            best: indicator.better === 'higher' ? 'highest' : 'lowest',
            ...common,
          },
    );
    this.places.peers.push([...at, role]);
    return name;
  }

  private parameter(name: string, title: Bilingual, value: RuleNumber, at: DocumentPath): void {
    const { from } = this.document.effective;
    const values = Array.isArray(value) ? value : [{ from, ...value }];
    this.parameters.push({ name, title, unit: POINTS, values });
    this.places.parameters.push(at);
  }

  private calculation(
    by: { readonly source: string; readonly clause: string },
    of: { readonly name: string; readonly title: Bilingual },
    formula: string,
    at: DocumentPath,
  ): string {
    const { source, clause } = by;
    this.calculations.push({
      name: of.name,
      title: of.title,
      unit: POINTS,
      formula,
      source,
      clause,
    });
    this.places.calculations.push(at);
    return of.name;
  }
}

const ROLE_TITLES = {
  leading: { zh: '引领值', en: 'leading value' },
  baseline: { zh: '基准值', en: 'baseline value' },
  base: { zh: '基数', en: 'base' },
} as const satisfies Record<string, Bilingual>;

function suffixed(title: Bilingual, zh: string, en: string): Bilingual {
  return { zh: `${title.zh}${zh}`, en: `${title.en}: ${en}` };
}

function known(name: string, unknown: 'zero' | undefined): string {
  return unknown === 'zero' ? `(known(${name}) ? ${name} : 0)` : name;
}

/** The unit an input or calculation declares; `1` for anything else, whose mistake the unit check then tells. */
function unitOf(document: RulebookDocument, name: string): string {
  const declared = [...document.inputs, ...document.calculations].find((d) => d.name === name);
  return declared && 'unit' in declared ? declared.unit : '1';
}
