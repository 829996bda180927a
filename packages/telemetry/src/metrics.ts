/**
 * Metrics made from the table of contracts: name, help and labels come from there, so that code, dashboard and alert
 * rules cannot drift apart. A registry of its own for each part, since tests run several in one process.
 */
import { METRIC_PREFIX, type MetricName, METRICS } from '@tanxiao/contracts';
import { collectDefaultMetrics, Counter, Gauge, Histogram, type Registry } from 'prom-client';

type NameOf<Type> = {
  [Name in MetricName]: (typeof METRICS)[Name]['type'] extends Type ? Name : never;
}[MetricName];
export type CounterName = NameOf<'counter'>;
export type GaugeName = NameOf<'gauge'>;
export type HistogramName = NameOf<'histogram'>;
export type LabelOf<Name extends MetricName> = (typeof METRICS)[Name]['labels'][number];

function described<Name extends MetricName>(registry: Registry, name: Name) {
  const { help, labels } = METRICS[name];
  const labelNames: readonly LabelOf<Name>[] = labels;
  return { name, help, labelNames: [...labelNames], registers: [registry] };
}

export function counter<Name extends CounterName>(
  registry: Registry,
  name: Name,
): Counter<LabelOf<Name>> {
  return new Counter(described(registry, name));
}

/** `buckets`: upper bounds, rising. */
export function histogram<Name extends HistogramName>(
  registry: Registry,
  name: Name,
  buckets: readonly number[],
): Histogram<LabelOf<Name>> {
  return new Histogram({ ...described(registry, name), buckets: [...buckets] });
}

/** One series of a gauge. */
export interface Series<Name extends GaugeName> {
  readonly labels: Readonly<Record<LabelOf<Name>, string>>;
  readonly value: number;
}

/**
 * A gauge that is read when Prometheus asks. `series` must not throw: where it cannot know it returns none, and the
 * absent series says so.
 */
export function gauge<Name extends GaugeName>(
  registry: Registry,
  name: Name,
  series: () => Promise<readonly Series<Name>[]>,
): void {
  new Gauge({
    ...described(registry, name),
    async collect() {
      const now = await series();
      this.reset();
      for (const { labels, value } of now) this.set(labels, value);
    },
  });
}

/** Memory, CPU, event loop and garbage collection of this process; once a process. */
export function measureProcess(registry: Registry): void {
  collectDefaultMetrics({ register: registry, prefix: METRIC_PREFIX });
}
