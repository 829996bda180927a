/**
 * Made rulebooks of any number of indicators, to see how the kernel's time grows: n inputs, each scored linearly from
 * none to full marks and clamped by min and max, summed by n weights, graded in five bands. Not a rule of anyone.
 */
import type { Period } from '@tanxiao/contracts';
import {
  compilePlan,
  type FactorSet,
  parseRulebook,
  type Plan,
  ratingKernel,
  type RatingOutput,
} from '@tanxiao/rulebook';

import { seededRandom } from '../agreement/random';

const BAND_LIMITS = [80, 60, 40, 20];
/** Indicators are summed in groups, since formulas nest at most 60 deep. */
const GROUP = 25;
/** Inputs reach from nothing to a quarter beyond full marks, so that both clamps are met. */
const BEYOND_FULL = 1.25;

/** YAML (of which JSON is a part). */
export function growingRulebook(
  indicators: number,
  factorSet: { id: string; version: string },
): string {
  const serials = Array.from({ length: indicators }, (_, i) => String(i + 1).padStart(3, '0'));
  const groups = Array.from({ length: Math.ceil(indicators / GROUP) }, (_, g) =>
    serials.slice(g * GROUP, (g + 1) * GROUP),
  );
  const titled = (name: string): { name: string; title: object; unit: string } => ({
    name,
    title: { zh: name, en: name },
    unit: '1',
  });
  const parameter = (name: string, value: number): object => ({
    ...titled(name),
    values: [{ from: '2021-01-01', value, source: 'made', status: 'assumed' }],
  });
  const calculation = (name: string, formula: string): object => ({
    ...titled(name),
    formula,
    source: 'made',
    clause: name,
  });
  return JSON.stringify({
    rulebook: `made-${indicators}-indicators`,
    version: '1.0.0',
    title: { zh: '人工生成', en: 'made' },
    subject: 'factory',
    effective: { from: '2021-01-01' },
    factorSet,
    sources: {
      made: { title: { zh: '人工生成', en: 'made' }, citation: 'none', status: 'assumed' },
    },
    subjectKey: { identifiers: ['local'] },
    inputs: serials.map((serial) => ({
      ...titled(`x_${serial}`),
      minimum: 0,
      missing: { notRated: 'missing-input' },
    })),
    parameters: [
      ...serials.map((serial, i) => parameter(`w_${serial}`, 1 + (i % 4) / 4)),
      parameter('indicators', indicators),
      ...BAND_LIMITS.map((limit, band) => parameter(`limit_${band + 1}`, limit)),
    ],
    calculations: [
      ...serials.map((serial) =>
        calculation(`s_${serial}`, `max(0, min(100, 100 * x_${serial} / w_${serial}))`),
      ),
      ...groups.map((group, g) =>
        calculation(`group_${g}`, group.map((serial) => `w_${serial} * s_${serial}`).join(' + ')),
      ),
      calculation('score', `(${groups.map((_, g) => `group_${g}`).join(' + ')}) / indicators`),
    ],
    notRated: [{ reason: 'missing-input', message: { zh: '缺少数据', en: 'a value is missing' } }],
    gradings: [
      {
        ...{ name: 'grade', title: { zh: '等级', en: 'grade' } },
        of: 'score',
        source: 'made',
        clause: 'grade',
        bands: [
          ...BAND_LIMITS.map((_, band) => ({
            code: String(band + 1),
            title: { zh: `${band + 1}`, en: `${band + 1}` },
            atLeast: `limit_${band + 1}`,
          })),
          { code: '5', title: { zh: '5', en: '5' } },
        ],
      },
    ],
    results: { source: 'made', status: 'assumed', columns: [{ name: 'score', decimals: 2 }] },
    headline: { grade: 'grade', rankBy: 'score', best: 'highest' },
  });
}

export interface GrowingRun {
  readonly indicators: number;
  readonly subjects: number;
  readonly plan: Plan;
  /** By input. */
  readonly inputs: readonly Float64Array[];
  readonly output: RatingOutput;
  run(): void;
}

/** The kernel alone over seeded columns. */
export function growingRun(
  indicators: number,
  { subjects, factorSet, period }: { subjects: number; factorSet: FactorSet; period: Period },
): GrowingRun {
  const { id, version } = factorSet;
  const text = growingRulebook(indicators, { id, version });
  const rulebook = parseRulebook(text, `made-${indicators}.yaml`);
  const plan = compilePlan(rulebook, factorSet, period);
  const random = seededRandom(indicators);
  const inputs = plan.inputs.map((_, k) => {
    const full = 1 + (k % 4) / 4;
    return Float64Array.from(
      { length: subjects },
      () => Math.round(random.next() * BEYOND_FULL * full * 1e6) / 1e6,
    );
  });
  const output: RatingOutput = {
    results: plan.results.map(() => new Float64Array(subjects)),
    bands: plan.gradings.map(() => new Int8Array(subjects)),
    reasons: new Int32Array(subjects),
    refer: new Uint8Array(subjects),
  };
  const kernel = ratingKernel(plan);
  const run = (): void => kernel({ inputs, lookups: [], statistics: [] }, output, 0, subjects);
  return { indicators, subjects, plan, inputs, output, run };
}
