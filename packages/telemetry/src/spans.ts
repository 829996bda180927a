/**
 * The spans of the product, written by hand: a request, a job, a step within either. Without tracing each function only
 * calls what it was given. Attributes are ids, counts and names of rules, never an enterprise or its numbers.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';

import {
  type Attributes,
  type Context,
  context,
  isSpanContextValid,
  type Link,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
} from '@opentelemetry/api';

import { isTracing } from './tracing';

const tracer = () => trace.getTracer('tanxiao');

/** The active span as a W3C `traceparent`, to be carried to whoever goes on; none without tracing. */
export function currentTraceparents(): readonly string[] {
  const now = trace.getActiveSpan()?.spanContext();
  if (now === undefined || !isSpanContextValid(now)) return [];
  return [`00-${now.traceId}-${now.spanId}-${now.traceFlags.toString(16).padStart(2, '0')}`];
}

/** For a log line: ids of the active span, or nothing. Goes into pino as `mixin`. */
export function traceIds(): { traceId?: string; spanId?: string } {
  const now = isTracing() ? trace.getActiveSpan()?.spanContext() : undefined;
  return now === undefined ? {} : { traceId: now.traceId, spanId: now.spanId };
}

/** A step within a request or job. What it throws is recorded and thrown on. */
export function inSpan<Result>(
  name: string,
  attributes: Attributes,
  step: () => Promise<Result>,
): Promise<Result> {
  if (!isTracing()) return step();
  return tracer().startActiveSpan(name, { attributes }, (span) => untilEnded(span, step));
}

/**
 * A job that goes on with what one or many requests began. Where all its work comes from one trace, it belongs to that
 * trace; a batch of several traces is a trace of its own with a link to each (a span has one parent). Unsampled
 * requests are not linked, and a job of nothing but those is not sampled either.
 */
export function inJobSpan<Result>(
  name: string,
  job: { readonly attributes: Attributes; readonly traceparents: readonly string[] },
  work: () => Promise<Result>,
): Promise<Result> {
  if (!isTracing()) return work();
  const { parent, links } = originOf(job.traceparents);
  const options = { kind: SpanKind.CONSUMER, attributes: job.attributes, links };
  return tracer().startActiveSpan(name, options, parent, (span) => untilEnded(span, work));
}

function originOf(traceparents: readonly string[]): { parent: Context; links: Link[] } {
  const origins = [...new Set(traceparents)].flatMap((traceparent) => {
    const origin = propagation.extract(ROOT_CONTEXT, { traceparent });
    const spanContext = trace.getSpanContext(origin);
    return spanContext === undefined ? [] : [{ origin, spanContext }];
  });
  const sampled = origins.filter(({ spanContext }) => spanContext.traceFlags & TraceFlags.SAMPLED);
  const [first] = sampled.length > 0 ? sampled : origins;
  if (first === undefined) return { parent: ROOT_CONTEXT, links: [] };
  const one = sampled.every(({ spanContext }) => spanContext.traceId === first.spanContext.traceId);
  const others = one ? sampled.filter((origin) => origin !== first) : sampled;
  return {
    parent: one ? first.origin : ROOT_CONTEXT,
    links: others.map(({ spanContext }) => ({ context: spanContext })),
  };
}

/**
 * Begins the span of a request, as a part of the client's trace where its `traceparent` names one, and lets the rest of
 * the request run in it. `routeOf` is asked at the end: the route's template, never the path with its ids.
 */
export function traceRequest(
  request: IncomingMessage,
  response: ServerResponse,
  rest: {
    readonly next: () => void;
    readonly routeOf: () => string;
    readonly requestId: () => string;
  },
): void {
  if (!isTracing()) {
    rest.next();
    return;
  }
  const method = request.method ?? '';
  const client = propagation.extract(ROOT_CONTEXT, request.headers);
  const attributes = { 'http.request.method': method };
  const span = tracer().startSpan(method, { kind: SpanKind.SERVER, attributes }, client);
  response.once('close', () => {
    const route = rest.routeOf();
    span.updateName(`${method} ${route}`);
    span.setAttributes({
      'http.route': route,
      'http.response.status_code': response.statusCode,
      'tanxiao.request_id': rest.requestId(),
    });
    if (response.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  });
  const within = trace.setSpan(client, span);
  // Listeners of the answer's end (the log's closing line) would else run outside of the trace.
  context.bind(within, response);
  context.with(within, rest.next);
}

async function untilEnded<Result>(span: Span, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    span.recordException(error instanceof Error ? error : String(error));
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}
