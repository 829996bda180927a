/** docker-compose.yml as compose reads it: merge keys done, `${NAME:-default}` filled in from an .env file. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { parse } from 'yaml';
import { z } from 'zod';

import { REPOSITORY } from './processes';

const FILE = path.join(REPOSITORY, 'docker-compose.yml');
const EXAMPLE = path.join(REPOSITORY, 'infra/containers/compose.env.example');

const serviceSchema = z.object({
  image: z.string(),
  user: z.string(),
  command: z.array(z.string()),
  environment: z.record(z.string(), z.string()),
  read_only: z.boolean(),
  cap_drop: z.array(z.string()),
  security_opt: z.array(z.string()),
  restart: z.string(),
  profiles: z.array(z.string()),
  ports: z.array(z.string()),
  volumes: z.array(z.string()),
  networks: z.array(z.string()),
  network_mode: z.string(),
  stop_grace_period: z.string(),
  healthcheck: z.object({ test: z.array(z.string()) }),
  deploy: z.object({ resources: z.object({ limits: z.object({ memory: z.string() }) }) }),
});
export type Service = Partial<z.output<typeof serviceSchema>>;

const fileSchema = z.looseObject({
  services: z.record(z.string(), serviceSchema.partial()),
  networks: z.record(z.string(), z.object({ internal: z.boolean().optional() })),
});

/** NAME=value, a line each. */
export function exampleVariables(): Readonly<Record<string, string>> {
  const lines = readFileSync(EXAMPLE, 'utf8').split('\n');
  return Object.fromEntries(
    lines
      .filter((line) => /^[A-Z_]+=/.test(line))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}

const REFERENCE = /\$\{([A-Z_]+):([-?])([^}]*)\}/g;

/** Names that the file asks for, and whether compose refuses to start without one. */
export function variablesAskedFor(): { readonly name: string; readonly required: boolean }[] {
  return [...readFileSync(FILE, 'utf8').matchAll(REFERENCE)].map(([, name, sign]) => ({
    name: name!,
    required: sign === '?',
  }));
}

/** The whole file, for the schema, and its services, for the tests. */
export function readCompose(variables: Readonly<Record<string, string>>) {
  const text = readFileSync(FILE, 'utf8').replaceAll(
    REFERENCE,
    (_all, name: string, _sign, fallback: string) => variables[name] ?? fallback,
  );
  const whole = parse(text, { merge: true }) as unknown;
  const { services, networks } = fileSchema.parse(whole);
  return { whole, services, networks };
}
