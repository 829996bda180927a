/**
 * Where an operand's value comes from: source, clause, status, note and components. Of a plan alone, so that each text
 * is made once a plan; only what is found by region, industry or a choice depends on the subject.
 */
import type { FactorValue } from '../document/factor-set';
import type { Found } from '../plan/lookup';
import type { NodeOrigin, Plan } from '../plan/plan';
import type { Operand, SourceText } from './explanation';

export type OperandFacts = Pick<
  Operand,
  'kind' | 'source' | 'clause' | 'status' | 'note' | 'components'
>;

const unknownFacts = (kind: Operand['kind']): OperandFacts => {
  return { kind, source: null, clause: null, status: null, note: null, components: [] };
};

export const SUBMITTED_INPUT = unknownFacts('input');

export const DEFAULT_INPUT: OperandFacts = {
  ...SUBMITTED_INPUT,
  note: { zh: '未填报，按规范取默认值', en: 'not submitted, the rulebook’s default counts' },
};

export const UNKNOWN_INPUT: OperandFacts = {
  ...SUBMITTED_INPUT,
  note: { zh: '未填报', en: 'not submitted' },
};

const UNKNOWN_FACTOR = unknownFacts('factor');
const UNKNOWN_TABLE = unknownFacts('table');

export class PlanFacts {
  private readonly rulebookSources = new Map<string, SourceText | null>();
  private readonly factorSources = new Map<string, SourceText | null>();
  /** One entry a factor of the set at most. */
  private readonly factors = new Map<FactorValue, OperandFacts>();

  constructor(private readonly plan: Plan) {}

  rulebookSource(key: string): SourceText | null {
    return remembered(this.rulebookSources, key, () =>
      sourceText(this.plan.rulebook.document.sources, key),
    );
  }

  /** Of an origin that is the same for every subject; null for inputs and for what is looked up. */
  fixed(origin: NodeOrigin): OperandFacts | null {
    switch (origin.kind) {
      case 'input':
        return null;
      case 'parameter':
        return this.ofRulebook('parameter', origin, origin.status);
      case 'factor':
        return this.ofFactor(origin.factor);
      case 'lookup':
        return origin.lookup.kind === 'fact'
          ? this.ofRulebook('fact', origin.lookup, origin.lookup.status)
          : null;
      case 'statistic':
        return this.ofRulebook('benchmark', this.plan.statistics[origin.index]!, null);
      case 'calculation':
        return this.ofRulebook('calculation', origin, null);
    }
  }

  /** Of a regional factor or a table's row. @param kind of the lookup */
  ofFound(kind: 'regional-factor' | 'table', found: Found | null): OperandFacts {
    if (kind === 'regional-factor')
      return found?.kind === 'factor' ? this.ofFactor(found.factor) : UNKNOWN_FACTOR;
    if (found?.kind !== 'table') return UNKNOWN_TABLE;
    const key = found.key === null ? null : `[${found.key}]`;
    const clause = [found.row.clause, key].filter(Boolean).join(' ') || null;
    return this.ofRulebook('table', { source: found.row.source, clause }, found.row.status);
  }

  private ofRulebook(
    kind: Operand['kind'],
    { source, clause }: { readonly source: string; readonly clause: string | null },
    status: string | null,
  ): OperandFacts {
    const text = this.rulebookSource(source);
    return { kind, source: text, clause, status, note: null, components: [] };
  }

  private ofFactor(factor: FactorValue): OperandFacts {
    return remembered(this.factors, factor, () => {
      const at = factor.region === null ? null : `${factor.region}, ${factor.year}`;
      return {
        kind: 'factor',
        source: this.factorSource(factor.source),
        clause: [factor.clause, at].filter((text) => text !== null).join('; ') || null,
        status: factor.status,
        note: factor.note,
        components: factor.components.map((part) => ({
          ...part,
          source: this.factorSource(part.source),
        })),
      };
    });
  }

  private factorSource(key: string): SourceText | null {
    return remembered(this.factorSources, key, () =>
      sourceText(this.plan.factorSet.document.sources, key),
    );
  }
}

function remembered<Key, Value>(
  known: Map<Key, Value>,
  key: Key,
  make: () => Exclude<Value, undefined>,
): Value {
  let value = known.get(key);
  if (value === undefined) {
    value = make();
    known.set(key, value);
  }
  return value;
}

function sourceText(
  sources: Plan['rulebook']['document']['sources'],
  key: string,
): SourceText | null {
  const source = sources[key];
  return source
    ? { key, title: source.title, citation: source.citation, status: source.status }
    : null;
}
