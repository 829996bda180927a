/**
 * Builds an overlay as kustomize does, as far as infra/kubernetes uses it: resources, components, generated
 * ConfigMaps (without the hash of their names), images, replicas and patches by operations. Where kubectl is
 * found, a test compares the two.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';

const operationSchema = z.discriminatedUnion('op', [
  z.strictObject({ op: z.enum(['add', 'replace']), path: z.string(), value: z.json() }),
  z.strictObject({ op: z.literal('remove'), path: z.string() }),
]);
type Operation = z.output<typeof operationSchema>;

/** Whatever else kustomize knows is refused, rather than silently not done. */
const kustomizationSchema = z.strictObject({
  apiVersion: z.enum(['kustomize.config.k8s.io/v1beta1', 'kustomize.config.k8s.io/v1alpha1']),
  kind: z.enum(['Kustomization', 'Component']),
  namespace: z.string().optional(),
  resources: z.array(z.string()).default([]),
  components: z.array(z.string()).default([]),
  configMapGenerator: z
    .array(
      z.strictObject({
        name: z.string(),
        behavior: z.literal('merge').optional(),
        literals: z.array(z.string().regex(/^[A-Z_]+=/)).default([]),
        files: z.array(z.string()).default([]),
        options: z
          .strictObject({
            disableNameSuffixHash: z.boolean(),
            labels: z.record(z.string(), z.string()),
          })
          .optional(),
      }),
    )
    .default([]),
  images: z
    .array(z.strictObject({ name: z.string(), newName: z.string(), newTag: z.string() }))
    .default([]),
  replicas: z.array(z.strictObject({ name: z.string(), count: z.int() })).default([]),
  patches: z
    .array(
      z.strictObject({
        target: z.strictObject({ kind: z.string(), name: z.string() }),
        patch: z.string().transform((text) => z.array(operationSchema).parse(parse(text))),
      }),
    )
    .default([]),
});
type Kustomization = z.output<typeof kustomizationSchema>;

const documentSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string(),
    labels: z.record(z.string(), z.string()).optional(),
  }),
});
export type Document = z.output<typeof documentSchema>;

export function readKustomization(folder: string): Kustomization {
  const text = readFileSync(path.join(folder, 'kustomization.yaml'), 'utf8');
  return kustomizationSchema.parse(parse(text));
}

export function readDocuments(file: string): Document[] {
  return parseAllDocuments(readFileSync(file, 'utf8')).map((document) => {
    if (document.errors.length > 0) throw document.errors[0]!;
    return documentSchema.parse(document.toJS());
  });
}

/** The folder's own files that its kustomization takes in, and those that it has: both sorted. */
export function listedAndPresent(folder: string): { listed: string[]; present: string[] } {
  const { resources, configMapGenerator } = readKustomization(folder);
  const generated = configMapGenerator.flatMap(({ files }) => files.map(sourceOf));
  const listed = [...resources, ...generated].filter((name) => !name.includes('/'));
  const present = readdirSync(folder).filter((name) => /\.(yaml|json)$/.test(name));
  return {
    listed: [...new Set(listed)].filter((name) => /\.(yaml|json)$/.test(name)).sort(),
    present: present.filter((name) => name !== 'kustomization.yaml').sort(),
  };
}

/** `server.conf=cluster.conf` is the file cluster.conf under the name server.conf. */
function sourceOf(entry: string): string {
  return entry.slice(entry.indexOf('=') + 1);
}

export function build(folder: string, before: readonly Document[] = []): Document[] {
  const kustomization = readKustomization(folder);
  let documents = [...before];
  for (const entry of kustomization.resources) {
    const at = path.join(folder, entry);
    if (!existsSync(at)) throw new Error(`${folder}: ${entry} does not exist`);
    documents.push(...(statSync(at).isDirectory() ? build(at) : readDocuments(at)));
  }
  for (const generator of kustomization.configMapGenerator)
    documents = withConfigMap(folder, documents, generator);
  for (const entry of kustomization.components)
    documents = build(path.join(folder, entry), documents);
  return kustomization.patches
    .reduce(patched, documents)
    .map((document) => withImages(withReplicas(document, kustomization), kustomization));
}

function withConfigMap(
  folder: string,
  documents: readonly Document[],
  generator: Kustomization['configMapGenerator'][number],
): Document[] {
  const data = Object.fromEntries([
    ...generator.literals.map((literal) => [
      literal.slice(0, literal.indexOf('=')),
      literal.slice(literal.indexOf('=') + 1),
    ]),
    ...generator.files.map((entry) => [
      entry.split('=')[0]!,
      readFileSync(path.join(folder, sourceOf(entry)), 'utf8'),
    ]),
  ]) as Record<string, string>;
  const { name } = generator;
  const same = (one: Document): boolean => one.kind === 'ConfigMap' && one.metadata.name === name;
  if (documents.some(same) !== (generator.behavior === 'merge'))
    throw new Error(`${folder}: the ConfigMap ${name} is there already, or is not there to merge`);
  if (generator.behavior === 'merge')
    return documents.map((one) =>
      same(one) ? { ...one, data: { ...(one.data as object), ...data } } : one,
    );
  const labels = generator.options?.labels;
  const metadata = { name, ...(labels === undefined ? {} : { labels }) };
  return [...documents, { apiVersion: 'v1', kind: 'ConfigMap', metadata, data }];
}

function patched(
  documents: readonly Document[],
  { target, patch }: Kustomization['patches'][number],
): Document[] {
  const name = new RegExp(`^(?:${target.name})$`);
  const hit = (one: Document): boolean => one.kind === target.kind && name.test(one.metadata.name);
  if (!documents.some(hit)) throw new Error(`no ${target.kind} ${target.name} to patch`);
  return documents.map((one) => (hit(one) ? patch.reduce(applied, structuredClone(one)) : one));
}

function applied(document: Document, operation: Operation): Document {
  const steps = operation.path.split('/').slice(1);
  const last = steps.pop()!;
  let parent: Record<string, unknown> = document;
  for (const step of steps) parent = parent[step] as Record<string, unknown>;
  if (operation.op !== 'add' && !(last in parent))
    throw new Error(`${document.metadata.name}: ${operation.path} is not there`);
  if (operation.op === 'remove') Reflect.deleteProperty(parent, last);
  else parent[last] = operation.value;
  return document;
}

function withReplicas(document: Document, { replicas }: Kustomization): Document {
  const count = replicas.find(({ name }) => name === document.metadata.name)?.count;
  if (count === undefined || !/^(Deployment|StatefulSet)$/.test(document.kind)) return document;
  return { ...document, spec: { ...(document.spec as object), replicas: count } };
}

function withImages(document: Document, { images }: Kustomization): Document {
  if (images.length === 0) return document;
  const rename = (key: string, value: unknown): unknown => {
    if (key !== 'image' || typeof value !== 'string') return value;
    const image = images.find(({ name }) => value.split(':')[0] === name);
    return image === undefined ? value : `${image.newName}:${image.newTag}`;
  };
  return documentSchema.parse(JSON.parse(JSON.stringify(document, rename)));
}
