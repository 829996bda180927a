/** How a call can fail: the API answered with a problem, or did not answer. */
import type { components } from './generated/api';

export type Problem = components['schemas']['Problem'];

/** The API's answer was problem details (RFC 9457): `problem.errors` says what, where and how to mend it. */
export class ClientError extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem,
    /** For the operator's log. */
    readonly requestId: string | null,
    /** When the service asks to be asked again; null: it does not say. */
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(`${problem.title}: ${problem.detail}`);
    this.name = 'ClientError';
  }

  /** `not-found`, `invalid-submission`, …: the last part of the problem's type. */
  get code(): string {
    return this.problem.type.split(':').at(-1) ?? '';
  }
}

/** No answer, or one that is not of this API. */
export class ConnectionError extends Error {
  constructor(url: string, reason: string, options?: ErrorOptions) {
    super(`no answer from ${url}: ${reason}`, options);
    this.name = 'ConnectionError';
  }
}

/** What was waited for did not happen in time; it may still happen. */
export class WaitTimeoutError extends Error {
  constructor(what: string, state: string, seconds: number) {
    super(`${what} is still "${state}" after ${seconds} s`);
    this.name = 'WaitTimeoutError';
  }
}
