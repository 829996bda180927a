/** What the harness and a process of a role say to one another. */
export interface Role {
  readonly role: 'api' | 'worker';
  readonly databaseUrl: string;
  /** Null: the queue stands in PostgreSQL. */
  readonly redisUrl: string | null;
  readonly clockOffsetMs: number;
}

export type ToProcess =
  | { readonly type: 'start'; readonly role: Role }
  | { readonly type: 'clock'; readonly offsetMs: number }
  /** The role ends in order; the process is warm again. */
  | { readonly type: 'stop' };

export type FromProcess =
  /** All code is loaded; a role can be started. */
  | { readonly type: 'warm' }
  /** `url`: of the API. */
  | { readonly type: 'ready'; readonly url: string | null }
  /** The role could not start, as where a server is away; a parent would start it again. */
  | { readonly type: 'failed'; readonly message: string };
