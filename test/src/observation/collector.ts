/** An OTLP collector: takes the spans that processes post as JSON, and gives them to a test. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

export interface CollectedSpan {
  readonly service: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  /** Trace ids of the spans it is linked with. */
  readonly linked: readonly string[];
  readonly attributes: Readonly<Record<string, unknown>>;
}

interface Attribute {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/** What of OTLP's ExportTraceServiceRequest is looked at here. */
interface ExportRequest {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly {
      readonly spans: readonly (Pick<
        CollectedSpan,
        'traceId' | 'spanId' | 'parentSpanId' | 'name'
      > & {
        readonly attributes: readonly Attribute[];
        readonly links?: readonly { readonly traceId: string }[];
      })[];
    }[];
  }[];
}

export interface Collector {
  /** Environment of a process whose spans shall come here soon after their end. */
  readonly environment: Readonly<Record<string, string>>;
  spans(): readonly CollectedSpan[];
  /** The first spans of all that `wanted` accepts, as soon as there are any. @throws after 20 s */
  until(
    what: string,
    wanted: (spans: readonly CollectedSpan[]) => boolean,
  ): Promise<readonly CollectedSpan[]>;
  close(): Promise<void>;
}

const WAIT_MS = 20_000;

export async function startCollector(): Promise<Collector> {
  const collected: CollectedSpan[] = [];
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      collected.push(...spansOf(body as ExportRequest));
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    environment: {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_BSP_SCHEDULE_DELAY: '50',
    },
    spans: () => collected,
    until: async (what, wanted) => {
      const end = Date.now() + WAIT_MS;
      while (!wanted(collected)) {
        if (Date.now() > end)
          throw new Error(`waited in vain for ${what}: ${JSON.stringify(collected)}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return collected;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function spansOf({ resourceSpans }: ExportRequest): CollectedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = String(valuesOf(resource.attributes)['service.name']);
    return scopeSpans
      .flatMap(({ spans }) => spans)
      .map(({ traceId, spanId, parentSpanId, name, attributes, links }) => ({
        ...{ service, traceId, spanId, name },
        ...(parentSpanId === undefined || parentSpanId === '' ? {} : { parentSpanId }),
        linked: (links ?? []).map((link) => link.traceId),
        attributes: valuesOf(attributes),
      }));
  });
}

function valuesOf(attributes: readonly Attribute[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
}
