/** Connections: the pool with its session settings, and how PostgreSQL's values become JavaScript's. */
import { Socket } from 'node:net';

import {
  Client,
  type ClientConfig,
  Pool,
  type QueryConfig,
  type QueryResult,
  type QueryResultRow,
  types,
} from 'pg';

import { LendingSocket } from './copy/lending-socket';
import { sessionSettings } from './session-settings';

/** Anything that runs SQL: a pool, a client or a {@link Transaction}. */
export interface Queryable {
  query<R extends QueryResultRow>(text: string, values?: unknown[]): Promise<QueryResult<R>>;
  query<R extends QueryResultRow>(statement: QueryConfig): Promise<QueryResult<R>>;
}

export interface PoolOptions {
  readonly connectionString: string;
  /** Connections at most. Default 10. */
  readonly max?: number;
  /** Shown in pg_stat_activity. Default `tanxiao`. */
  readonly applicationName?: string;
  /** A statement is cancelled after so long. Default 60,000; 0 means never. */
  readonly statementTimeoutMs?: number;
  /** Waiting for a connection ends with an error after so long. Default 10,000. */
  readonly connectionTimeoutMs?: number;
  /**
   * Send session settings as startup options (default true). A PgBouncer refuses them: set false behind one and
   * let the role carry them ({@link keepSessionSettingsWithRole}).
   */
  readonly sessionSettings?: boolean;
  /**
   * Let the server keep the plans of the statements of arrival (default true): planning took as long as executing. A
   * PgBouncer in transaction mode needs 1.21 and `max_prepared_statements` for it, else set false.
   */
  readonly preparedStatements?: boolean;
  /** Told of errors of idle connections (server restart, network); the pool replaces them by itself. */
  readonly onError?: (error: Error) => void;
}

const FLOAT8_ARRAY = 1022;
const INT8 = 20;

/** `{1.5,NULL,-2e-05}`: 1-dimensional float8[]; null is unknown. Numbers need no unquoting, so splitting is enough. */
export function parseFloat8Array(text: string): (number | null)[] {
  if (text === '{}') return [];
  return text
    .slice(1, -1)
    .split(',')
    .map((element) => (element === 'NULL' ? null : Number(element)));
}

/** int8 as a number. @throws RangeError beyond 2^53, rather than a wrong number. */
export function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`int8 beyond 2^53: ${text}`);
  return value;
}

const parserOf: typeof types.getTypeParser = (id, format) => {
  if (format !== 'binary') {
    const oid: number = id;
    if (oid === FLOAT8_ARRAY) return parseFloat8Array;
    if (oid === INT8) return parseInt8;
  }
  return types.getTypeParser(id, format) as unknown;
};

/** Sends named statements without their names: parsed and planned each time. */
class UnpreparedClient extends Client {
  constructor(config?: ClientConfig) {
    super(config);
    const send = this.query.bind(this) as (...args: unknown[]) => unknown;
    this.query = ((first: unknown, ...rest: unknown[]): unknown => {
      // A Submittable (a cursor, a COPY) may have a name of its own, and is no statement.
      const named =
        typeof first === 'object' && first !== null && 'name' in first && !('submit' in first);
      return send(named ? { ...first, name: undefined } : first, ...rest);
    }) as Client['query'];
  }
}

/**
 * A pool whose connections give float8 in full (extra_float_digits ≥ 1, so that 15-digit decimals come back as
 * they were), float8[] as `(number|null)[]`, int8 as number, timestamptz as Date.
 */
export function createPool(options: PoolOptions): Pool {
  const settings = Object.entries(sessionSettings(options.statementTimeoutMs));
  const pool = new Pool({
    connectionString: options.connectionString,
    max: options.max ?? 10,
    application_name: options.applicationName ?? 'tanxiao',
    connectionTimeoutMillis: options.connectionTimeoutMs ?? 10_000,
    // A new server process maps the shared buffers page by page as it touches them, some tenths of a second in all: a
    // pause between two steps of a run should not cost that again.
    idleTimeoutMillis: 120_000,
    keepAlive: true,
    // pg gives its settings, which its types leave out. TLS reads by itself.
    stream: ((config: ClientConfig): Socket =>
      config.ssl ? new Socket() : new LendingSocket()) as () => Socket,
    ...(options.preparedStatements === false ? { Client: UnpreparedClient } : {}),
    // Without it the system's two hours: a server that vanished while a query waits is noticed after 20 s instead.
    keepAliveInitialDelayMillis: 10_000,
    types: { getTypeParser: parserOf },
    ...(options.sessionSettings === false
      ? {}
      : { options: settings.map(([name, value]) => `-c ${name}=${value}`).join(' ') }),
  });
  // Without a listener the loss of an idle connection would end the process.
  pool.on('error', (error) => options.onError?.(error));
  // So would the loss of one that is just being handed out: pg-pool takes its listener away, whoever awaits
  // `connect()` adds theirs a turn later, and a server that dies can send both in one piece (the end of the last
  // query and its farewell). Nothing is hidden: the next query on such a connection fails and says why.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
