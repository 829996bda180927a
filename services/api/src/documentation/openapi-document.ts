/** The OpenAPI 3.1 document, made from the same table of routes that is served. */
import {
  OpenApiGeneratorV31,
  OpenAPIRegistry,
  type RouteConfig,
} from '@asteasolutions/zod-to-openapi';
import { type ProblemCode, PROBLEMS } from '@tanxiao/contracts';
import { z } from 'zod';

import {
  COMMON_PROBLEMS,
  JSON_BODY_PROBLEMS,
  PROBLEM_TYPE,
  problemAnswerSchema,
  titleOf,
} from '../http/problem-answer';
import { JSON_TYPE, type Route } from '../http/route';

export const API_VERSION = '0.1.0';

const DESCRIPTION = `Carbon-efficiency evaluation of factories (碳效评价): submit data, get ratings that can be explained line by line and replayed for ever.

Errors are problem details (RFC 9457) in Chinese or English, by Accept-Language. Every answer carries a \`request-id\`. Lists are paged by cursor. Quantities are decimals of at most 15 significant digits. Until accounts exist the service answers on loopback only.`;

type OpenApiDocument = ReturnType<OpenApiGeneratorV31['generateDocument']>;

export function openApiDocumentOf(routes: readonly Route[]): OpenApiDocument {
  const registry = new OpenAPIRegistry();
  for (const one of routes) registry.registerPath(pathOf(one));
  const document = new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'Tanxiao API',
      version: API_VERSION,
      description: DESCRIPTION,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({ name })),
  });
  return withNullableReferences(document) as OpenApiDocument;
}

function pathOf(one: Route): RouteConfig {
  return {
    method: one.method,
    path: one.url,
    tags: [one.tag],
    operationId: one.operationId,
    summary: one.summary,
    ...(one.description === undefined ? {} : { description: one.description }),
    request: {
      ...(one.path ? { params: one.path } : {}),
      ...(one.query ? { query: one.query } : {}),
      ...(one.headers ? { headers: headerSchema(one.headers) } : {}),
      ...bodyOf(one),
    },
    responses: { ...successesOf(one), ...problemsOf(one) },
  };
}

function headerSchema(headers: Readonly<Record<string, string>>): z.ZodObject {
  return z.object(
    Object.fromEntries(
      Object.entries(headers).map(([name, description]) => [
        name,
        z.string().optional().meta({ description }),
      ]),
    ),
  );
}

function bodyOf(one: Route): Pick<NonNullable<RouteConfig['request']>, 'body'> {
  if (one.json) return { body: { required: true, content: { [JSON_TYPE]: { schema: one.json } } } };
  if (!one.rawBody) return {};
  return {
    body: {
      required: true,
      content: Object.fromEntries(
        one.rawBody.map((type) => [
          type,
          {
            schema:
              type === 'multipart/form-data'
                ? z.object({ file: z.string().meta({ format: 'binary' }) })
                : z.string().meta({ format: 'binary' }),
          },
        ]),
      ),
    },
  };
}

function successesOf(one: Route): RouteConfig['responses'] {
  return Object.fromEntries(
    Object.entries(one.responses).map(([status, { description, content, headers }]) => [
      status,
      {
        description,
        ...(headers ? { headers: headerSchema(headers) } : {}),
        ...(content
          ? {
              content: Object.fromEntries(
                Object.entries(content).map(([type, schema]) => [
                  type,
                  { schema: schema ?? z.string() },
                ]),
              ),
            }
          : {}),
      },
    ]),
  );
}

function problemsOf(one: Route): RouteConfig['responses'] {
  const codes: readonly ProblemCode[] = [
    ...COMMON_PROBLEMS,
    ...(one.json ? JSON_BODY_PROBLEMS : []),
    ...(one.problems ?? []),
  ];
  const byStatus = new Map<number, string[]>();
  for (const code of new Set(codes)) {
    const { status } = PROBLEMS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), titleOf(code)]);
  }
  return Object.fromEntries(
    [...byStatus]
      .filter(([status]) => !(status in one.responses))
      .map(([status, titles]) => [
        status,
        {
          description: titles.join('; '),
          content: { [PROBLEM_TYPE]: { schema: problemAnswerSchema } },
        },
      ]),
  );
}

/**
 * zod-to-openapi 9.1 writes a nullable reference as `allOf: [{$ref}, {type: [..., 'null']}]`, which no null
 * satisfies; it is meant as `anyOf`.
 */
function withNullableReferences(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withNullableReferences);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(
    ([key, inner]) => [key, withNullableReferences(inner)] as const,
  );
  const copy: Record<string, unknown> = Object.fromEntries(entries);
  const all = copy.allOf;
  if (Array.isArray(all) && all.length === 2 && isReference(all[0]) && isNullableType(all[1])) {
    const rest = Object.entries(copy).filter(([key]) => key !== 'allOf');
    return { ...Object.fromEntries(rest), anyOf: [all[0], { type: 'null' }] };
  }
  return copy;
}

function isReference(value: unknown): boolean {
  return typeof value === 'object' && value !== null && '$ref' in value;
}

function isNullableType(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    Array.isArray(value.type) &&
    value.type.includes('null')
  );
}
