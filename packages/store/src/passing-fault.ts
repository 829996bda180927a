/**
 * Tells a fault of the surroundings (database restarted, network gone, disk full), which trying again mends, from
 * a fault of the data or of the program, which it doesn't. The worker then gives its job back, the API answers 503.
 */
import { types } from 'node:util';

import { sqlState } from './transaction';

/**
 * Classes of SQLSTATE: 08 connection, 25 transaction ended by a timeout, 40 rolled back by PostgreSQL, 53 resources,
 * 55 not available now, 57 operator intervention and timeouts, 58 the server's own system.
 */
const PASSING_CLASSES = new Set(['08', '25', '40', '53', '55', '57', '58']);

const PASSING_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOSPC',
  'EMFILE',
]);

/** node-postgres gives these no code. */
const PASSING_MESSAGES =
  /Connection terminated|connection error and is not queryable|timeout exceeded when trying to connect|Client was closed|Cannot use a pool after calling end/i;

export function isPassingFault(error: unknown): boolean {
  // Not `instanceof`: Node's own errors (a refused connection) may be of another realm, such as that of a vm context.
  if (!types.isNativeError(error)) return false;
  const state = sqlState(error);
  if (state !== null && PASSING_CLASSES.has(state.slice(0, 2))) return true;
  if ('code' in error && typeof error.code === 'string' && PASSING_CODES.has(error.code))
    return true;
  return PASSING_MESSAGES.test(error.message) || isPassingFault(error.cause);
}
