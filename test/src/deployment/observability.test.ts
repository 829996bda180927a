/** Alert rules, dashboard and scaling ask for metrics that the product has, and every alert leads to a runbook. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { METRICS } from '@tanxiao/contracts';
import { parse } from 'yaml';
import { z } from 'zod';

import { findForTests } from '../support';
import { readDocuments } from './kustomization';
import { REPOSITORY } from './processes';
import { queryProblems, readQuery } from './promql';

const at = (...parts: readonly string[]): string => path.join(REPOSITORY, 'infra', ...parts);
const read = (file: string): string => readFileSync(file, 'utf8');

const annotations = z.strictObject({
  summary: z.string(),
  summary_zh: z.string(),
  description: z.string(),
  description_zh: z.string(),
  runbook_url: z.string(),
});
const rulesSchema = z.strictObject({
  groups: z.array(
    z.strictObject({
      name: z.string(),
      rules: z.array(
        z.strictObject({
          alert: z.string().regex(/^Tanxiao[A-Za-z]+$/),
          expr: z.string(),
          for: z.string().optional(),
          labels: z.strictObject({ severity: z.enum(['warning', 'critical']) }),
          annotations,
        }),
      ),
    }),
  ),
});
const rules = rulesSchema.parse(parse(read(at('observability/prometheus/alerts.yml'))));
const alerts = rules.groups.flatMap((group) => group.rules);

const dashboardSchema = z.object({
  title: z.string(),
  panels: z.array(
    z.object({
      id: z.int(),
      type: z.string(),
      title: z.string(),
      description: z.string().optional(),
      targets: z.array(z.object({ expr: z.string() })).default([]),
      gridPos: z.object({ x: z.int(), y: z.int(), w: z.int(), h: z.int() }),
    }),
  ),
});
const dashboard = dashboardSchema.parse(
  JSON.parse(read(at('observability/grafana/dashboards/tanxiao.json'))),
);
const promtool = findForTests('promtool');
const withPromtool = promtool === null ? it.skip : it;
const CHINESE = /\p{Script=Han}/u;

it.each([
  ['sum(rate(tanxiao_submissions_total[5m])', /no query/],
  ['sum(rate(tanxiao_submission_total[5m]))', /nobody tells of tanxiao_submission_total/],
  ['tanxiao_job_seconds', /nobody tells of tanxiao_job_seconds/],
  ['tanxiao_queue_jobs{topic="rate"}', /tanxiao_queue_jobs has no label topic/],
  ['sum by (topic) (tanxiao_queue_jobs)', /nothing in it has topic/],
  ['1 + 1', /asks for nothing/],
])('the check of queries finds what is wrong with %s', (query, problem) => {
  expect(queryProblems(query).join('\n')).toMatch(problem);
});

it.each(alerts.map((one) => [one.alert, one] as const))(
  '%s asks for what there is, in two languages, and leads to its runbook',
  (_name, { expr, annotations: texts }) => {
    expect(queryProblems(expr)).toEqual([]);
    for (const [key, text] of Object.entries(texts))
      expect([key, CHINESE.test(text)]).toEqual([key, key.endsWith('_zh')]);
    expect(existsSync(path.join(REPOSITORY, texts.runbook_url))).toBe(true);
  },
);

it('an alert names only labels that its answer has', () => {
  for (const { alert, expr, annotations: texts } of alerts) {
    const { grouping, asked } = readQuery(expr);
    const kept = [...grouping, ...asked.flatMap(({ labels }) => labels), 'job', 'instance'];
    const named = [...JSON.stringify(texts).matchAll(/\$labels\.(\w+)/g)].map(
      ([, label]) => label!,
    );
    const ofVolumes = ['mountpoint', 'persistentvolumeclaim'];
    expect([alert, named.filter((one) => ![...kept, ...ofVolumes].includes(one))]).toEqual([
      alert,
      [],
    ]);
  }
});

it('every runbook is one that an alert leads to, and begins with a line in Chinese', () => {
  const runbooks = readdirSync(at('runbooks')).filter((name) => name !== 'README.md');
  const led = new Set(alerts.map((one) => path.basename(one.annotations.runbook_url)));
  expect(runbooks.sort()).toEqual([...led].sort());
  for (const name of runbooks) {
    const text = read(at('runbooks', name));
    expect(text.split('\n').slice(0, 4).join(' ')).toMatch(CHINESE);
    expect(text).toMatch(/## What it means[^]*## Look at[^]*## Do/);
  }
});

it('the dashboard asks for what there is, is titled in two languages, and its panels do not overlap', () => {
  const taken = new Set<string>();
  for (const { id, title, description, type, targets, gridPos } of dashboard.panels) {
    expect([title, CHINESE.test(title), / · \w/.test(title)]).toEqual([title, true, true]);
    if (type !== 'row') expect(CHINESE.test(description ?? '')).toBe(true);
    for (const { expr } of targets) expect([title, queryProblems(expr)]).toEqual([title, []]);
    for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1)
      for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
        expect([id, taken.has(`${x} ${y}`)]).toEqual([id, false]);
        taken.add(`${x} ${y}`);
      }
  }
});

it('every metric of the product is on the dashboard', () => {
  const shown = dashboard.panels.flatMap(({ targets }) =>
    targets.flatMap(({ expr }) => readQuery(expr).asked.map(({ metric }) => metric)),
  );
  const missing = Object.keys(METRICS).filter((name) => !shown.some((one) => one.startsWith(name)));
  expect(missing).toEqual([]);
});

it('workers scale by queries for what there is', () => {
  const [scaled] = readDocuments(at('kubernetes/components/scaling/worker.yaml'));
  const { triggers } = z
    .object({ triggers: z.array(z.object({ metadata: z.object({ query: z.string() }) })) })
    .parse(scaled!.spec);
  expect(triggers.length).toBeGreaterThan(0);
  for (const { metadata } of triggers) expect(queryProblems(metadata.query)).toEqual([]);
});

withPromtool('the alerts go off when they should, and only then', () => {
  const { status, stdout, stderr } = spawnSync(
    promtool!,
    ['test', 'rules', at('observability/prometheus/alerts.promtool.yml')],
    { encoding: 'utf8' },
  );
  expect({ status, output: stdout + stderr }).toMatchObject({ status: 0 });
});

it("the cluster's rules are those of the file: `npm run alert-rules` writes them", () => {
  const [rule] = readDocuments(at('kubernetes/components/monitoring/prometheus-rule.yaml'));
  expect(rule!.spec).toEqual(rules);
});

it('Prometheus of compose asks services that compose has, on ports that they open', () => {
  const { scrape_configs: jobs } = z
    .object({
      scrape_configs: z.array(
        z.object({
          job_name: z.string(),
          static_configs: z.array(z.object({ targets: z.array(z.string()) })).default([]),
          dns_sd_configs: z
            .array(z.object({ names: z.array(z.string()), port: z.int() }))
            .default([]),
        }),
      ),
    })
    .parse(parse(read(at('observability/prometheus/prometheus.yml'))));
  const asked = jobs.flatMap((job) => [
    ...job.static_configs.flatMap(({ targets }) => targets),
    ...job.dns_sd_configs.flatMap(({ names, port }) => names.map((name) => `${name}:${port}`)),
  ]);
  expect(asked).toEqual([
    'gate:9464',
    'worker:9465',
    'postgres-exporter:9187',
    'redis-exporter:9121',
  ]);
  const compose = read(path.join(REPOSITORY, 'docker-compose.yml'));
  for (const target of asked)
    expect(compose).toMatch(new RegExp(`^  ${target.split(':')[0]!}:$`, 'm'));
  expect(compose).toContain("WORKER_HTTP_PORT: '9465'");
  expect(read(at('gate/metrics.conf'))).toContain('listen 9464;');
});
