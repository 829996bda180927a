/** Queries of Prometheus, read by Prometheus' own grammar: are they queries, and what do they ask for? */
import { parser } from '@prometheus-io/lezer-promql';
import { METRIC_PREFIX, METRICS } from '@tanxiao/contracts';

interface Asked {
  readonly metric: string;
  /** Of its matchers: `queue` in `…{queue="…"}`. */
  readonly labels: readonly string[];
}

export interface Query {
  /** Where the grammar finds no sense; null: nowhere. */
  readonly error: string | null;
  readonly asked: readonly Asked[];
  /** Of `by (…)`, `on (…)` and the like. */
  readonly grouping: readonly string[];
}

/** Grafana fills in a duration. */
const FILLED_IN = /\$__rate_interval/g;

export function readQuery(expression: string): Query {
  const text = expression.replaceAll(FILLED_IN, '5m');
  let error: string | null = null;
  const asked: { metric: string; labels: string[] }[] = [];
  const grouping: string[] = [];
  parser.parse(text).iterate({
    enter: ({ type, from, to, node }) => {
      const word = text.slice(from, to);
      if (type.isError) error ??= `at ${from}: ${text.slice(Math.max(0, from - 20), to + 20)}`;
      if (type.name === 'VectorSelector') asked.push({ metric: '', labels: [] });
      if (type.name === 'Identifier' && node.parent?.name === 'VectorSelector')
        asked.at(-1)!.metric = word;
      if (type.name !== 'LabelName') return;
      if (node.parent?.name === 'GroupingLabels') grouping.push(word);
      else asked.at(-1)?.labels.push(word);
    },
  });
  return { error, asked, grouping };
}

/** What other programs tell Prometheus: its own, the exporters of compose, the kubelet, a node exporter. */
const OTHERS: readonly string[] = [
  'up',
  'pg_up',
  'redis_up',
  'kubelet_volume_stats_available_bytes',
  'kubelet_volume_stats_capacity_bytes',
  'node_filesystem_avail_bytes',
  'node_filesystem_size_bytes',
];
/** Of prom-client, under our prefix. */
const OF_NODE: readonly string[] = [
  'process_resident_memory_bytes',
  'nodejs_eventloop_lag_p99_seconds',
].map((name) => METRIC_PREFIX + name);
/** Prometheus adds the first two, a histogram has the third. */
const ALWAYS: readonly string[] = ['job', 'instance', 'le'];

/** The labels of a series by its name; null: nobody tells of it. A histogram is asked for by its three series. */
function labelsOf(series: string): readonly string[] | null {
  if (OTHERS.includes(series)) return ['namespace', 'mountpoint', 'persistentvolumeclaim'];
  if (OF_NODE.includes(series)) return [];
  const ours = Object.entries(METRICS).find(([name, { type }]) =>
    type === 'histogram'
      ? ['_bucket', '_sum', '_count'].some((suffix) => series === name + suffix)
      : series === name,
  );
  return ours?.[1].labels ?? null;
}

/** What is wrong with a query, a line each: no query, a metric or a label that nobody tells of. */
export function queryProblems(expression: string): string[] {
  const { error, asked, grouping } = readQuery(expression);
  const known = new Set(ALWAYS);
  const problems = error === null ? [] : [`no query ${error}`];
  if (asked.length === 0) problems.push('asks for nothing');
  for (const { metric, labels } of asked) {
    const its = labelsOf(metric);
    if (its === null) problems.push(`nobody tells of ${metric}`);
    for (const label of its ?? []) known.add(label);
    for (const label of labels)
      if (its !== null && ![...ALWAYS, ...its].includes(label))
        problems.push(`${metric} has no label ${label}`);
  }
  for (const label of grouping) if (!known.has(label)) problems.push(`nothing in it has ${label}`);
  return problems;
}
