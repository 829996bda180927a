/** Types of the API's operations, all drawn from the generated document types. */
import type { paths } from './generated/api';

type Operation<Path extends keyof paths, Method extends 'get' | 'post'> = NonNullable<
  paths[Path][Method]
>;

/** Paths that answer to a method. */
export type PathWith<Method extends 'get' | 'post'> = {
  [Path in keyof paths]: paths[Path][Method] extends { responses: unknown } ? Path : never;
}[keyof paths];

/** What an operation answers with on success, as JSON. */
export type Answer<Path extends keyof paths, Method extends 'get' | 'post'> =
  Operation<Path, Method> extends { responses: infer Responses }
    ? {
        [Status in keyof Responses]: Status extends 200 | 201 | 202
          ? Responses[Status] extends { content: { 'application/json': infer Body } }
            ? Body
            : never
          : never;
      }[keyof Responses]
    : never;

export type Query<Path extends keyof paths, Method extends 'get' | 'post'> =
  Operation<Path, Method> extends { parameters: { query?: infer Q } } ? NonNullable<Q> : never;

export type PathParameters<Path extends keyof paths, Method extends 'get' | 'post'> =
  Operation<Path, Method> extends { parameters: { path: infer P } } ? P : never;

export type JsonRequest<Path extends keyof paths, Method extends 'get' | 'post'> =
  Operation<Path, Method> extends { requestBody?: infer Body }
    ? [NonNullable<Body>] extends [never]
      ? never
      : NonNullable<Body> extends { content: { 'application/json': infer Json } }
        ? Json
        : never
    : never;

/** What a call may need: the path's parameters, the query, the body. Parts an operation lacks cannot be given. */
export type CallOptions<Path extends keyof paths, Method extends 'get' | 'post'> = {
  readonly signal?: AbortSignal;
  readonly idempotencyKey?: string;
} & ([PathParameters<Path, Method>] extends [never]
  ? unknown
  : { readonly path: PathParameters<Path, Method> }) &
  ([Query<Path, Method>] extends [never]
    ? unknown
    : Partial<Query<Path, Method>> extends Query<Path, Method>
      ? { readonly query?: Query<Path, Method> }
      : { readonly query: Query<Path, Method> }) &
  ([JsonRequest<Path, Method>] extends [never]
    ? unknown
    : { readonly body: JsonRequest<Path, Method> });
