/**
 * Traces go out over OTLP where OTEL_EXPORTER_OTLP_ENDPOINT (or …_TRACES_ENDPOINT) is set, and nowhere else: without it
 * the SDK is not even loaded and every span is the API's no-op. Spans are written by hand in few places (spans.ts);
 * nothing hooks `require`. Sampling, limits, headers and batches are set by OpenTelemetry's standard variables.
 */
import { context, diag, DiagLogLevel, propagation, trace } from '@opentelemetry/api';
import { EnvironmentError } from '@tanxiao/contracts';
import type { Logger } from 'pino';

import { within } from './asked';

type Variables = Readonly<Record<string, string | undefined>>;

export interface Tracing {
  /** Sends what has not been sent, for some seconds at most, and ends. Never throws. */
  stop(): Promise<void>;
}

let tracing = false;

/** Whether spans of this process go anywhere. */
export function isTracing(): boolean {
  return tracing;
}

/** A collector that is away must not hold up the end of a process, which is killed after 10 s. */
const STOP_MS = 3000;
/** A rate job of 500 submissions may belong to as many traces. */
const LINKS_A_SPAN = 500;

/**
 * Starts tracing where the environment asks for it.
 * The log hears of spans that could not be sent; nothing else suffers from that.
 * @throws EnvironmentError for a protocol that is not spoken here
 */
export async function startTracing(options: {
  readonly serviceName: string;
  readonly variables: Variables;
  readonly logger: Pick<Logger, 'warn'>;
}): Promise<Tracing> {
  const { variables, logger } = options;
  if (!isAskedFor(variables)) return { stop: () => Promise.resolve() };
  const protocol = protocolOf(variables);
  const onError = (error: unknown): void => logger.warn({ err: error }, 'spans could not be sent');
  const [sdk, { AsyncLocalStorageContextManager }, core, resources] = await Promise.all([
    import('@opentelemetry/sdk-trace-base'),
    import('@opentelemetry/context-async-hooks'),
    import('@opentelemetry/core'),
    import('@opentelemetry/resources'),
  ]);
  const { OTLPTraceExporter } =
    protocol === 'http/json'
      ? await import('@opentelemetry/exporter-trace-otlp-http')
      : await import('@opentelemetry/exporter-trace-otlp-proto');
  hearDiagnostics(onError);
  core.setGlobalErrorHandler(onError);
  const provider = new sdk.BasicTracerProvider({
    resource: resources
      .resourceFromAttributes({ 'service.name': options.serviceName })
      .merge(resources.detectResources({ detectors: [resources.envDetector] })),
    spanLimits: { linkCountLimit: LINKS_A_SPAN },
    spanProcessors: [new sdk.BatchSpanProcessor(new OTLPTraceExporter())],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new core.W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  tracing = true;
  return {
    stop: async () => {
      tracing = false;
      await within(STOP_MS, provider.shutdown()).catch(onError);
    },
  };
}

/** What the SDK would else say to nobody: variables that it does not understand, trouble with the collector. */
function hearDiagnostics(onError: (error: unknown) => void): void {
  const silent = (): void => undefined;
  const told = (message: string): void => onError(new Error(message));
  const logger = { error: told, warn: told, info: silent, debug: silent, verbose: silent };
  diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
}

function isAskedFor(variables: Variables): boolean {
  const given = (name: string): boolean => (variables[name] ?? '').trim() !== '';
  if (variables.OTEL_SDK_DISABLED?.trim().toLowerCase() === 'true') return false;
  return given('OTEL_EXPORTER_OTLP_ENDPOINT') || given('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT');
}

const PROTOCOLS = ['http/protobuf', 'http/json'] as const;

function protocolOf(variables: Variables): (typeof PROTOCOLS)[number] {
  const asked = [
    variables.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL,
    variables.OTEL_EXPORTER_OTLP_PROTOCOL,
  ].find((text) => (text ?? '').trim() !== '');
  if (asked === undefined) return 'http/protobuf';
  const known = PROTOCOLS.find((protocol) => protocol === asked.trim());
  if (known !== undefined) return known;
  throw new EnvironmentError([
    `OTEL_EXPORTER_OTLP_PROTOCOL 应为 ${PROTOCOLS.join(' 或 ')}（本程序不支持 gRPC；收集器的 HTTP 端口通常是 4318）\n` +
      `OTEL_EXPORTER_OTLP_PROTOCOL must be ${PROTOCOLS.join(' or ')} (gRPC is not spoken here; a collector's HTTP port usually is 4318)`,
  ]);
}
