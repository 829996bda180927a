/** infra/kubernetes: every overlay is valid by the schemas, and its parts fit one another. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { parseAllDocuments } from 'yaml';

import { findForTests } from '../support';
import { build, type Document, listedAndPresent } from './kustomization';
import { schemaProblems } from './manifest-check';
import { environmentProblem, REPOSITORY } from './processes';
import { configValue, openPorts, podsOf, type Port, selected } from './workloads';

jest.setTimeout(120_000);

const KUBERNETES = path.join(REPOSITORY, 'infra/kubernetes');
const OVERLAYS = readdirSync(path.join(KUBERNETES, 'overlays'));
const built = new Map(
  OVERLAYS.map((name) => [name, build(path.join(KUBERNETES, 'overlays', name))]),
);
const documentsOf = (overlay: string, kind?: string): Document[] =>
  built.get(overlay)!.filter((one) => kind === undefined || one.kind === kind);
const kubectl = findForTests('kubectl');
const withKubectl = kubectl === null ? it.skip : it;

it('every manifest of a folder is taken in by its kustomization, and nothing that is not there', () => {
  const folders = ['base', ...['components', 'overlays'].flatMap(foldersIn)];
  expect(folders.length).toBeGreaterThan(5);
  for (const folder of [
    ...folders,
    '../gate',
    '../pgbouncer',
    '../observability/grafana/dashboards',
  ]) {
    const { listed, present } = listedAndPresent(path.join(KUBERNETES, folder));
    expect({ folder, files: listed }).toEqual({ folder, files: present });
  }
});

function foldersIn(folder: string): string[] {
  return readdirSync(path.join(KUBERNETES, folder)).map((name) => `${folder}/${name}`);
}

it('the check of schemas finds a field that there is not, a wrong type and a missing field', () => {
  const broken = (change: object): string => {
    const deployment = structuredClone(documentsOf('small', 'Deployment')[0]!);
    Object.assign(deployment.spec as object, change);
    return schemaProblems([deployment]).join('\n');
  };
  expect(broken({})).toBe('');
  expect(broken({ replica: 3 })).toMatch(/replica"' does not exist/);
  expect(broken({ minReadySeconds: 'ten' })).toMatch(/minReadySeconds must be integer/);
  expect(broken({ selector: undefined })).toMatch(/must have required property selector/);
});

describe.each(OVERLAYS)('overlay %s', (overlay) => {
  it('is valid by the schemas of its kinds', () => {
    expect(schemaProblems(documentsOf(overlay))).toEqual([]);
  });

  withKubectl('is what kubectl kustomize makes of it', () => {
    const { stdout, stderr } = spawnSync(
      kubectl!,
      ['kustomize', path.join(KUBERNETES, 'overlays', overlay)],
      { encoding: 'utf8' },
    );
    expect(stderr).toBe('');
    const theirs = parseAllDocuments(stdout).map((one) => unhashed(one.toJS() as Document));
    const key = (one: Document): string => `${one.kind} ${one.metadata.name}`;
    const ours = documentsOf(overlay).map(unhashed);
    expect(theirs.map(key).sort()).toEqual(ours.map(key).sort());
    for (const one of ours) expect(theirs.find((other) => key(other) === key(one))).toEqual(one);
  });

  it('every selector finds a pod', () => {
    const pods = podsOf(documentsOf(overlay));
    for (const { where, selector } of selectorsOf(documentsOf(overlay)))
      expect([where, selected(pods, selector).length > 0]).toEqual([where, true]);
  });

  it('every port that is asked is one that a container opens', () => {
    const documents = documentsOf(overlay);
    const pods = podsOf(documents);
    for (const { containers } of pods)
      for (const container of containers)
        for (const port of container.probes) {
          // A name is looked for in the probed container alone, a number is the whole pod's.
          const open = openPorts(typeof port === 'string' ? [container] : containers);
          if (port !== null)
            expect([container.name, open]).toEqual([
              container.name,
              expect.arrayContaining([port]),
            ]);
        }
    for (const { where, selector, ports } of portsAsked(documents)) {
      const open = openPorts(selected(pods, selector).flatMap(({ containers }) => containers));
      expect([where, open]).toEqual([where, expect.arrayContaining(ports)]);
    }
  });

  it('every setting is one that its process reads, and is enough for it to start', () => {
    const processes = podsOf(documentsOf(overlay))
      .flatMap(({ containers }) => containers)
      .filter(({ image }) => image.includes('/tanxiao:'));
    expect(processes).toHaveLength(3);
    for (const { name, args, env } of processes) {
      const variables = Object.fromEntries(
        env.map((one) => [one.name, configValue(documentsOf(overlay), one)]),
      );
      expect([name, environmentProblem(args.at(-1)!, variables)]).toEqual([name, null]);
    }
  });

  it('every secret that it needs is told in both READMEs', () => {
    const text = JSON.stringify(documentsOf(overlay));
    const named = [...text.matchAll(/"secretKeyRef":\{"name":"([^"]+)","key":"([^"]+)"/g)].flatMap(
      ([, name, key]) => [name!, key!],
    );
    const mounted = [...text.matchAll(/"secret(?:Name)?":(?:\{"name":)?"([^"]+)"/g)].map(
      ([, name]) => name!,
    );
    expect(mounted).toContain('tanxiao-gate');
    for (const readme of ['infra/README.md', 'infra/README.zh-CN.md']) {
      const told = readFileSync(path.join(REPOSITORY, readme), 'utf8');
      for (const name of [...named, ...mounted])
        expect([readme, told]).toEqual([readme, expect.stringContaining(name)]);
    }
  });

  it('no container runs as root, writes its own files, gains rights, or takes all memory of a node', () => {
    for (const pod of podsOf(documentsOf(overlay)))
      for (const { name, image, securityContext, resources } of pod.containers)
        expect({
          name,
          image,
          securityContext: { ...pod.securityContext, ...securityContext },
          resources,
        }).toEqual({
          name,
          image: expect.stringMatching(/:v?\d+\.\d+[\w.-]*$/) as string,
          securityContext: expect.objectContaining({
            runAsNonRoot: true,
            runAsUser: expect.any(Number) as number,
            seccompProfile: { type: 'RuntimeDefault' },
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          }) as object,
          resources: expect.objectContaining({
            requests: expect.objectContaining({ memory: expect.any(String) as string }) as object,
            limits: expect.objectContaining({ memory: expect.any(String) as string }) as object,
          }) as object,
        });
  });

  it('API and worker get longer to end than they take, and are watched', () => {
    const pods = podsOf(documentsOf(overlay)).filter(({ component }) =>
      /^(api|worker)$/.test(component),
    );
    expect(pods).toHaveLength(2);
    for (const pod of pods) {
      expect(pod.graceSeconds).toBeGreaterThan(30);
      expect(pod.containers.at(-1)!.probes).toHaveLength(3);
    }
  });

  it('nobody talks to anybody unless a policy says so', () => {
    const policies = documentsOf(overlay, 'NetworkPolicy');
    expect(policies.find(({ metadata }) => metadata.name === 'default-deny')?.spec).toEqual({
      podSelector: {},
      policyTypes: ['Ingress', 'Egress'],
    });
  });

  it('what scales names a workload, whose number stands nowhere else', () => {
    const targets = documentsOf(overlay)
      .filter(({ kind }) => /^(ScaledObject|HorizontalPodAutoscaler)$/.test(kind))
      .map(({ spec }) => (spec as { scaleTargetRef: { name: string } }).scaleTargetRef.name);
    const deployments = documentsOf(overlay, 'Deployment');
    for (const target of targets) {
      const found = deployments.find(({ metadata }) => metadata.name === target);
      expect(found).toBeDefined();
      expect(found!.spec).not.toHaveProperty('replicas');
    }
  });
});

/** Kustomize adds a hash to generated names and the namespace to all; neither is ours to repeat. */
function unhashed(document: Document): Document {
  const text = JSON.stringify(document, (key, value: unknown) =>
    key === 'namespace' ? undefined : value,
  );
  return JSON.parse(
    text.replaceAll(/"(tanxiao-(?:gate|settings|pgbouncer))-[0-9a-z]{10}"/g, '"$1"'),
  ) as Document;
}

interface Selection {
  readonly where: string;
  readonly selector: unknown;
}

function selectorsOf(documents: readonly Document[]): Selection[] {
  return documents.flatMap(({ kind, metadata, spec }) => {
    const { selector, podSelector, type } = (spec ?? {}) as Record<string, unknown>;
    const found =
      kind === 'Service' && type !== 'ExternalName'
        ? { matchLabels: selector }
        : (selector ?? podSelector);
    return found === undefined ? [] : [{ where: `${kind} ${metadata.name}`, selector: found }];
  });
}

/** Ports of the selected pods: that a Service leads to, a policy opens, a monitor asks. */
function portsAsked(documents: readonly Document[]): (Selection & { readonly ports: Port[] })[] {
  return selectorsOf(documents).map(({ where, selector }) => {
    const { kind, spec } = documents.find((one) => `${one.kind} ${one.metadata.name}` === where)!;
    const { ingress, ports, podMetricsEndpoints } = spec as Record<string, unknown>;
    const asking = kind === 'NetworkPolicy' ? ingress : (ports ?? podMetricsEndpoints);
    const key = kind === 'Service' ? 'targetPort' : 'port';
    const found: Port[] = [];
    JSON.stringify(asking, (name, value: unknown) => {
      if (name === key && (typeof value === 'string' || typeof value === 'number'))
        found.push(value);
      return value;
    });
    return { where, selector, ports: found };
  });
}
