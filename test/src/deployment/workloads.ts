/** What the tests ask of built manifests: pods by their labels, containers, ports, and where a setting comes from. */
import { z } from 'zod';

import type { Document } from './kustomization';

const reference = z.object({ name: z.string(), key: z.string() });
const variable = z.object({
  name: z.string(),
  value: z.string().optional(),
  valueFrom: z
    .object({ secretKeyRef: reference.optional(), configMapKeyRef: reference.optional() })
    .optional(),
});
export type Variable = z.output<typeof variable>;

const port = z.union([z.string(), z.int()]);
export type Port = z.output<typeof port>;

const probe = z
  .object({ httpGet: z.object({ port }).optional(), tcpSocket: z.object({ port }).optional() })
  .optional();

const containerSchema = z
  .object({
    name: z.string(),
    image: z.string(),
    args: z.array(z.string()).default([]),
    env: z.array(variable).default([]),
    ports: z.array(z.object({ name: z.string(), containerPort: z.int() })).default([]),
    startupProbe: probe,
    livenessProbe: probe,
    readinessProbe: probe,
    securityContext: z.looseObject({}).default({}),
    resources: z.looseObject({}).default({}),
  })
  .transform(({ startupProbe, livenessProbe, readinessProbe, ...container }) => ({
    ...container,
    /** The port that each probe asks; null: a command. */
    probes: [startupProbe, livenessProbe, readinessProbe].flatMap((one) =>
      one === undefined ? [] : [one.httpGet?.port ?? one.tcpSocket?.port ?? null],
    ),
  }));
export type Container = z.output<typeof containerSchema>;

const templateSchema = z.object({
  metadata: z.object({ labels: z.record(z.string(), z.string()) }),
  spec: z.object({
    terminationGracePeriodSeconds: z.int().default(30),
    securityContext: z.looseObject({}).default({}),
    initContainers: z.array(containerSchema).default([]),
    containers: z.array(containerSchema),
  }),
});

export interface Pod {
  readonly component: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly graceSeconds: number;
  readonly securityContext: object;
  readonly containers: readonly Container[];
}

export function podsOf(documents: readonly Document[]): Pod[] {
  return documents
    .filter(({ kind }) => /^(Deployment|StatefulSet|Job)$/.test(kind))
    .map(({ spec }) => {
      const template = templateSchema.parse((spec as { template: unknown }).template);
      return {
        component: template.metadata.labels['app.kubernetes.io/component'] ?? '',
        labels: template.metadata.labels,
        graceSeconds: template.spec.terminationGracePeriodSeconds,
        securityContext: template.spec.securityContext,
        containers: [...template.spec.initContainers, ...template.spec.containers],
      };
    });
}

/** Names and numbers of the ports that containers open. */
export function openPorts(containers: readonly Container[]): Port[] {
  return containers.flatMap(({ ports }) => ports.flatMap((one) => [one.name, one.containerPort]));
}

const selectorSchema = z.strictObject({
  matchLabels: z.record(z.string(), z.string()).default({}),
  matchExpressions: z
    .array(
      z.strictObject({ key: z.string(), operator: z.literal('In'), values: z.array(z.string()) }),
    )
    .default([]),
});

export function selected(pods: readonly Pod[], selector: unknown): Pod[] {
  const { matchLabels, matchExpressions } = selectorSchema.parse(selector);
  return pods.filter(
    ({ labels }) =>
      Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
      matchExpressions.every(({ key, values }) => values.includes(labels[key] ?? '')),
  );
}

/** Secrets are not in the manifests: an address of the right kind stands in for each. */
const SECRETS: Readonly<Record<string, string>> = {
  DATABASE_URL: 'postgres://tanxiao:secret@pgbouncer:6432/tanxiao',
  DIRECT_DATABASE_URL: 'postgres://tanxiao:secret@postgres:5432/tanxiao',
  REDIS_URL: 'redis://redis:6379',
  POSTGRES_PASSWORD: 'secret',
};

export function configValue(documents: readonly Document[], one: Variable): string {
  const { secretKeyRef, configMapKeyRef } = one.valueFrom ?? {};
  if (secretKeyRef !== undefined) return SECRETS[secretKeyRef.key] ?? missing(one.name);
  if (configMapKeyRef === undefined) return one.value ?? missing(one.name);
  const map = documents.find(
    ({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === configMapKeyRef.name,
  );
  return (
    (map?.data as Record<string, string> | undefined)?.[configMapKeyRef.key] ?? missing(one.name)
  );
}

function missing(name: string): never {
  throw new Error(`${name} comes from nowhere`);
}
