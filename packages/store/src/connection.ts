/** Connections: the pool with its session settings, and how PostgreSQL's values become JavaScript's. */
import { Pool, type QueryResult, type QueryResultRow, types } from 'pg';

/** Anything that runs SQL: a pool, a client or a {@link Transaction}. */
export interface Queryable {
  query<R extends QueryResultRow>(text: string, values?: unknown[]): Promise<QueryResult<R>>;
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
   * Send session settings as startup options (default true). Behind a PgBouncer that refuses them set false and
   * let the role carry them: `ALTER ROLE … SET extra_float_digits = 1`, `jit = off` and the timeouts.
   */
  readonly sessionSettings?: boolean;
  /** Told of errors of idle connections (server restart, network); the pool replaces them by itself. */
  readonly onError?: (error: Error) => void;
}

/**
 * A host that vanished from the network in the middle of a transaction keeps its locks until the server notices. By
 * the system's defaults that is `idle_in_transaction_session_timeout`, two minutes, or two hours where a statement
 * waits; with these the server looks after 10 s of silence and gives the client up after 25 s.
 */
const DEAD_CLIENT_SETTINGS = [
  'tcp_keepalives_idle=10',
  'tcp_keepalives_interval=5',
  'tcp_keepalives_count=3',
  'tcp_user_timeout=25000',
] as const;

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

/**
 * A pool whose connections give float8 in full (extra_float_digits ≥ 1, so that 15-digit decimals come back as
 * they were), float8[] as `(number|null)[]`, int8 as number, timestamptz as Date.
 */
export function createPool(options: PoolOptions): Pool {
  const statementTimeoutMs = options.statementTimeoutMs ?? 60_000;
  const settings = [
    'extra_float_digits=1',
    `statement_timeout=${Math.trunc(statementTimeoutMs)}`,
    'idle_in_transaction_session_timeout=120000',
    // A ranking of 100,000 spent 1.0 of its 1.6 s compiling itself (PostgreSQL 15 with LLVM).
    'jit=off',
    'TimeZone=UTC',
    ...DEAD_CLIENT_SETTINGS,
  ];
  const pool = new Pool({
    connectionString: options.connectionString,
    max: options.max ?? 10,
    application_name: options.applicationName ?? 'tanxiao',
    connectionTimeoutMillis: options.connectionTimeoutMs ?? 10_000,
    keepAlive: true,
    // Without it the system's two hours: a server that vanished while a query waits is noticed after 20 s instead.
    keepAliveInitialDelayMillis: 10_000,
    types: { getTypeParser: parserOf },
    ...(options.sessionSettings === false
      ? {}
      : { options: settings.map((setting) => `-c ${setting}`).join(' ') }),
  });
  // Without a listener the loss of an idle connection would end the process.
  pool.on('error', (error) => options.onError?.(error));
  // So would the loss of one that is just being handed out: pg-pool takes its listener away, whoever awaits
  // `connect()` adds theirs a turn later, and a server that dies can send both in one piece (the end of the last
  // query and its farewell). Nothing is hidden: the next query on such a connection fails and says why.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
