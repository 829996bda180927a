/** What the health resource answers. */
import { z } from 'zod';

export const liveSchema = z.object({ status: z.literal('live') }).meta({ id: 'Live' });

export const servingSchema = z.object({ status: z.literal('serving') }).meta({ id: 'Serving' });

export const readySchema = z
  .object({
    status: z.literal('ready'),
    database: z.object({ latencyMs: z.number() }),
    migrations: z.object({ applied: z.int() }),
    outbox: z.object({
      waiting: z.int(),
      oldestSeconds: z.number().nullable().meta({ description: 'Null where nothing waits' }),
    }),
  })
  .meta({ id: 'Ready' });
