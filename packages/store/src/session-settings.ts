/** What every session of the product must be set to. */
const STATEMENT_TIMEOUT_MS = 60_000;

/** Setting → value, as PostgreSQL reads them. */
export function sessionSettings(
  statementTimeoutMs: number = STATEMENT_TIMEOUT_MS,
): Readonly<Record<string, string>> {
  return {
    // 15-digit decimals come back as they were.
    extra_float_digits: '1',
    statement_timeout: String(Math.trunc(statementTimeoutMs)),
    idle_in_transaction_session_timeout: '120000',
    // A ranking of 100,000 spent 1.0 of its 1.6 s compiling itself (PostgreSQL 15 with LLVM).
    jit: 'off',
    TimeZone: 'UTC',
    // A client that vanished in mid-transaction: the server looks after 10 s of silence and gives it up after 25 s. By
    // the system's settings its locks would last two hours.
    tcp_keepalives_idle: '10',
    tcp_keepalives_interval: '5',
    tcp_keepalives_count: '3',
    tcp_user_timeout: '25000',
  };
}
