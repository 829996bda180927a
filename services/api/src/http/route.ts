/**
 * A route as data: what Express serves and what the OpenAPI document says are both made from it, so that the
 * two cannot drift apart. Handlers get their query, path and body already checked and typed.
 */
import {
  type Issue,
  type Language,
  languageOf,
  type ProblemCode,
  ProblemError,
} from '@tanxiao/contracts';
import type { Request, Response } from 'express';
import type { z } from 'zod';

import type { ApiContext } from '../context';
import { refuseAnnouncedLength } from './body-bytes';
import { fieldIssues } from './field-issues';
import { type JsonBody, readJsonBody } from './json-body';
import { JSON_BODY_BYTES } from './limits';
import { queryValues } from './query-values';
import { requestIdOf } from './request-id';

export const JSON_TYPE = 'application/json';

/** What a handler is given. */
export interface Call<Path = unknown, Query = unknown, Body = unknown> {
  readonly path: Path;
  readonly query: Query;
  readonly body: Body;
  readonly language: Language;
  readonly requestId: string;
  readonly context: ApiContext;
  readonly request: Request;
  readonly response: Response;
}

export interface ResponseDescription {
  readonly description: string;
  /** Schema by media type; null for a body that is no JSON. */
  readonly content?: Readonly<Record<string, z.ZodType | null>>;
  readonly headers?: Readonly<Record<string, string>>;
}

interface RouteText {
  readonly method: 'get' | 'post';
  /** In OpenAPI's notation, `/v1/runs/{id}`. */
  readonly url: string;
  readonly tag: string;
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  /** Request headers that mean something here, by lower-case name. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Media types of a body that is streamed, not parsed. */
  readonly rawBody?: readonly string[];
  readonly responses: Readonly<Record<number, ResponseDescription>>;
  /** Problems beyond those every route may answer with. */
  readonly problems?: readonly ProblemCode[];
  /** Asked before a byte of the body is read. @throws ProblemError where the request is not taken now */
  readonly admit?: (context: ApiContext) => Promise<void>;
}

interface RouteDefinition<
  Path extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodType,
> extends RouteText {
  readonly path?: Path;
  readonly query?: Query;
  readonly json?: {
    readonly schema: Body;
    /** What the document shows where the handler checks more than `schema` does. */
    readonly documented?: z.ZodType;
  };
  readonly handle: (
    call: Call<z.output<Path>, z.output<Query>, JsonBody<z.output<Body>>>,
  ) => Promise<void>;
}

/** A route with its handler's types forgotten: what the application and the document walk over. */
export interface Route extends RouteText {
  readonly path: z.ZodObject | null;
  readonly query: z.ZodObject | null;
  readonly json: z.ZodType | null;
  readonly answer: (request: Request, response: Response, context: ApiContext) => Promise<void>;
}

/** Of a route that names none. */
type NoParameters = z.ZodObject<Record<string, never>>;

export function route<
  Path extends z.ZodObject = NoParameters,
  Query extends z.ZodObject = NoParameters,
  Body extends z.ZodType = z.ZodUndefined,
>(definition: RouteDefinition<Path, Query, Body>): Route {
  const { path, query, json, handle, ...text } = definition;
  return {
    ...text,
    path: path ?? null,
    query: query ?? null,
    json: json ? (json.documented ?? json.schema) : null,
    async answer(request, response, context) {
      const language = languageOf(request.get('accept-language'));
      const requestId = requestIdOf(request);
      const issues: Issue[] = [];
      const pathValues = checked(path, request.params, 'path', issues);
      const queryGiven = queryValues(request.url, issues);
      const queryChecked = checked(query, queryGiven, 'query', issues);
      if (issues.length > 0) throw new ProblemError('invalid-request', {}, issues);
      if (json) refuseAnnouncedLength(request, JSON_BODY_BYTES);
      await text.admit?.(context);
      const handleWith = async (body: JsonBody): Promise<void> =>
        handle({
          path: pathValues as z.output<Path>,
          query: queryChecked as z.output<Query>,
          body: body as JsonBody<z.output<Body>>,
          language,
          requestId,
          context: await current(context, text.url),
          request,
          response,
        });
      if (!json) return handleWith({ value: undefined, sha256: '', textIssues: [] });
      const endTurn = await context.jsonTurns.take(request);
      try {
        await handleWith(await readJsonBody(request, json.schema, language));
      } finally {
        endTurn();
      }
    },
  };
}

/** Health and documentation answer without the database; resources see what is approved by now. */
async function current(context: ApiContext, url: string): Promise<ApiContext> {
  if (!url.startsWith('/v1/')) return context;
  return { ...context, standards: await context.standardsInForce.current() };
}

function checked(
  schema: z.ZodObject | undefined,
  values: Readonly<Record<string, unknown>>,
  place: 'path' | 'query',
  issues: Issue[],
): unknown {
  if (!schema) {
    const unknown = place === 'query' ? Object.keys(values) : [];
    for (const name of unknown) issues.push(unknownParameter(name));
    return {};
  }
  const reading = schema.strict().safeParse(values, { reportInput: true });
  if (reading.success) return reading.data;
  issues.push(...fieldIssues(reading.error, { place }));
  return {};
}

function unknownParameter(name: string): Issue {
  return {
    code: 'bad-field',
    seen: name,
    params: {
      detailZh: `此地址没有查询参数 ${name}`,
      detailEn: `this address has no query parameter ${name}`,
    },
  };
}
