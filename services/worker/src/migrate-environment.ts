/** The settings of the migration command; see migrate-main.ts. */
import {
  type DatabasePooler,
  databasePoolerVariable,
  databaseUrlVariable,
  readVariables,
} from '@tanxiao/contracts';
import { z } from 'zod';

export interface MigrateEnvironment {
  /** Straight to PostgreSQL, never through a pooler. */
  readonly databaseUrl: string;
  /** What API and workers will go through. */
  readonly databasePooler: DatabasePooler;
}

const environmentSchema = z.object({
  DATABASE_URL: databaseUrlVariable,
  DATABASE_POOLER: databasePoolerVariable,
});

/** Every variable that the command reads. */
export const MIGRATE_VARIABLES: readonly string[] = Object.keys(environmentSchema.shape);

/** @throws EnvironmentError */
export function readMigrateEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
): MigrateEnvironment {
  const read = readVariables(environmentSchema, variables);
  return { databaseUrl: read.DATABASE_URL, databasePooler: read.DATABASE_POOLER };
}
