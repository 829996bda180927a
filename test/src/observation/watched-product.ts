/** API and worker as processes of their own on a fresh database, and what is sent to them, for tests that watch them. */
import { usccCheckCharacter } from '@tanxiao/contracts';

import { type SourceProcess, startSource } from '../rule-change/source-process';
import { createMigratedDatabase } from '../support/migrated-database';

export const RULEBOOK = 'industrial-carbon-efficiency';
export const PERIOD = '2026Q3';

export interface WatchedProcess extends SourceProcess {
  readonly url: string;
}

export interface WatchedProduct {
  startApi(): Promise<WatchedProcess>;
  startWorker(): Promise<WatchedProcess>;
  /** Ends the processes in order, which must succeed, and drops the database. */
  close(): Promise<void>;
}

export async function watchedProduct(
  environment: Readonly<Record<string, string>>,
): Promise<WatchedProduct> {
  const database = await createMigratedDatabase();
  const processes: SourceProcess[] = [];
  const start = async (file: string): Promise<WatchedProcess> => {
    const variables = { DATABASE_URL: database.url, WORKER_HTTP_PORT: '0', ...environment };
    const started = await startSource(file, variables);
    processes.push(started);
    return { ...started, url: String(started.said.url) };
  };
  return {
    startApi: () => start('services/api/src/main.ts'),
    startWorker: () => start('services/worker/src/main.ts'),
    close: async () => {
      const codes = await Promise.all(processes.map((one) => one.stop()));
      await database.drop();
      if (codes.some((code) => code !== 0))
        throw new Error(`a process ended with ${codes.join(', ')}`);
    },
  };
}

export function usccOf(number: number): string {
  const first17 = `91330502MA${String(number).padStart(7, '0')}`;
  return first17 + usccCheckCharacter(first17);
}

/** Posts made enterprise `number`. @throws unless it is kept */
export async function submit(
  url: string,
  number: number,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  const submission = {
    uscc: usccOf(number),
    name: `企业 ${number}`,
    regionCode: '330502',
    industryCode: '1751',
    inputs: { value_added_10k_cny: 100, carrier_33: 20 },
  };
  const answer = await fetch(`${url}/v1/submissions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ rulebook: RULEBOOK, period: PERIOD, submissions: [submission] }),
  });
  if (answer.status !== 202) throw new Error(`${answer.status}: ${await answer.text()}`);
}

/** A file of made enterprises. */
export function csvOf(numbers: readonly number[]): string {
  const header = 'uscc,name,region_code,industry_code,value_added_10k_cny,carrier_33';
  const rows = numbers.map((number) => `${usccOf(number)},企业 ${number},330502,1751,100,20`);
  return `${[header, ...rows].join('\n')}\n`;
}
