/** Writes the alert rules as the Prometheus operator's PrometheusRule: `npm run alert-rules`; a test compares the two. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { format, resolveConfig } from 'prettier';
import { parse, stringify } from 'yaml';

const here = path.dirname(fileURLToPath(import.meta.url));
const target = path.join(here, '../../kubernetes/components/monitoring/prometheus-rule.yaml');
const HEADER =
  '# Written from infra/observability/prometheus/alerts.yml by `npm run alert-rules`; never edited by hand.\n';

const { groups } = parse(readFileSync(path.join(here, 'alerts.yml'), 'utf8'));
const rule = {
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'PrometheusRule',
  metadata: { name: 'tanxiao', labels: { 'app.kubernetes.io/name': 'tanxiao' } },
  spec: { groups },
};
const text = HEADER + stringify(rule, { lineWidth: 0 });
writeFileSync(target, await format(text, { ...(await resolveConfig(target)), parser: 'yaml' }));
