/**
 * What is asked of a server when Prometheus asks us: at most once in some seconds, never longer than a short time, and
 * never by throwing, so that a database or queue that is away costs a scrape its own series and nothing else.
 */
export interface AskOptions {
  /** Default 1500: Prometheus waits 10 s for the whole scrape. */
  readonly timeoutMs?: number;
  /** How long an answer, also a missing one, is given again. Default 3000. */
  readonly freshMs?: number;
  /** Hears why there is no answer. */
  readonly onError: (error: unknown) => void;
}

/** Returns how to ask: the answer, or null where there was none in time. */
export function asked<Answer>(
  ask: () => Promise<Answer>,
  { timeoutMs = 1500, freshMs = 3000, onError }: AskOptions,
): () => Promise<Answer | null> {
  let last: { readonly at: number; readonly answer: Promise<Answer | null> } | null = null;
  /** A question that hangs is not asked again: many of them would use up a pool's connections. */
  let open = false;

  const once = async (): Promise<Answer | null> => {
    if (open) return null;
    open = true;
    const answer = ask().finally(() => (open = false));
    try {
      return await within(timeoutMs, answer);
    } catch (error) {
      onError(error);
      return null;
    }
  };

  return () => {
    if (last === null || Date.now() - last.at >= freshMs) last = { at: Date.now(), answer: once() };
    return last.answer;
  };
}

export class NoAnswerError extends Error {
  constructor(timeoutMs: number) {
    super(`no answer within ${timeoutMs} ms`);
    this.name = 'NoAnswerError';
  }
}

/** @throws NoAnswerError where `work` takes longer; a later failure of it is nobody's any more */
export async function within<Answer>(timeoutMs: number, work: Promise<Answer>): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new NoAnswerError(timeoutMs)), timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
