/** One HTTP exchange: the address made from its parts, headers, and every failure as one of three errors. */
import { ClientError, ConnectionError, type Problem } from './errors';

export interface ClientOptions {
  /** Such as `http://127.0.0.1:41234`. */
  readonly baseUrl: string;
  /** Language of messages. Default zh. */
  readonly language?: 'zh' | 'en';
  /**
   * While too much waits for the service's worker it takes no new data and says so before it keeps anything: `submit` and
   * `uploadFile` send again when it asks for it, for so long. Default 60; 0: never.
   */
  readonly backlogPatienceSeconds?: number;
  /** Default: the platform's. */
  readonly fetch?: typeof fetch;
}

export interface Exchange {
  readonly method: 'GET' | 'POST';
  /** With `{id}` for its parameters. */
  readonly path: string;
  readonly parameters?: Readonly<Record<string, unknown>> | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | ReadableStream | undefined;
  readonly signal?: AbortSignal | undefined;
}

export class Transport {
  private readonly baseUrl: string;

  constructor(private readonly options: ClientOptions) {
    this.baseUrl = options.baseUrl.replace(/\/+$/, '');
  }

  /** @throws ClientError, ConnectionError; the signal's reason where it was aborted */
  async send(exchange: Exchange): Promise<Response> {
    const url = this.urlOf(exchange);
    const { body, signal } = exchange;
    let response: Response;
    try {
      response = await (this.options.fetch ?? fetch)(url, {
        method: exchange.method,
        headers: { 'accept-language': this.options.language ?? 'zh', ...exchange.headers },
        ...(body === undefined ? {} : { body }),
        ...(body instanceof ReadableStream ? { duplex: 'half' as const } : {}),
        ...(signal ? { signal } : {}),
      });
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new ConnectionError(this.baseUrl, reasonOf(error), { cause: error });
    }
    if (response.ok) return response;
    throw await this.failure(response);
  }

  private urlOf({ path, parameters = {}, query = {} }: Exchange): string {
    const filled = path.replace(/\{(\w+)\}/g, (_whole, name: string) =>
      encodeURIComponent(textOf(parameters[name])),
    );
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query))
      if (value !== undefined && value !== null) search.set(name, textOf(value));
    const text = search.toString();
    return `${this.baseUrl}${filled}${text === '' ? '' : `?${text}`}`;
  }

  private async failure(response: Response): Promise<Error> {
    const text = await response.text();
    const problem = problemOf(text);
    return problem
      ? new ClientError(
          response.status,
          problem,
          response.headers.get('request-id'),
          retryAfterOf(response),
        )
      : new ConnectionError(
          this.baseUrl,
          `status ${response.status} without problem details; is it this API?`,
        );
  }
}

/** In seconds; the service writes no dates there. */
function retryAfterOf(response: Response): number | null {
  const text = response.headers.get('retry-after') ?? '';
  return /^\d+$/.test(text) ? Number(text) : null;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function problemOf(text: string): Problem | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && 'type' in parsed && 'title' in parsed
      ? (parsed as Problem)
      : null;
  } catch {
    // Not JSON: not an answer of this API.
    return null;
  }
}

/** fetch itself only says "fetch failed"; its cause knows why. */
function reasonOf(error: unknown): string {
  const cause = partOf(error, 'cause');
  return [
    partOf(cause, 'message'),
    partOf(cause, 'code'),
    partOf(error, 'message'),
    String(error),
  ].find((reason) => typeof reason === 'string' && reason !== '') as string;
}

function partOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && name in value
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
