/** `npm run demo`: a made city on a running server. 人工生成的城市，非真实数据。 */
import path from 'node:path';

import { ClientError, ConnectionError, TanxiaoClient, WaitTimeoutError } from '@tanxiao/client';

import { cityFiles } from './city';
import { loadCityModel } from './city-model';
import { demonstrate, DemonstrationError } from './demonstrate';
import { dataFolder, findServer } from './server-address';
import { gradeChart, nextCommands, summaryTable } from './summary';

function say(line: string): void {
  console.log(line);
}

async function main(): Promise<number> {
  const server = findServer(process.env);
  if (!server.ok) {
    console.error(`${server.message.zh}\n${server.message.en}`);
    return 1;
  }
  const model = loadCityModel();
  const folder = path.join(dataFolder(process.env), 'demo');
  say(`${model.label.zh} · ${model.label.en}`);
  say(
    `${model.enterprises} 家企业 enterprises → ${path.relative(process.cwd(), folder)} → ${server.url}`,
  );
  const client = new TanxiaoClient({ baseUrl: server.url });
  const { rulebook } = model;
  const files = cityFiles(model);
  const results = await demonstrate({ client, rulebook, files, folder, say });
  const last = results.at(-1)!;
  const asked = { rulebook, period: last.period };
  say('');
  summaryTable(results).forEach(say);
  say('');
  const distribution = await client.get('/v1/distribution', { query: asked });
  gradeChart(last.period, distribution).forEach(say);
  say('');
  say('接下来可以试试 · try next:');
  const { items } = await client.get('/v1/ratings', {
    query: { ...asked, outcome: 'rated', limit: 1 },
  });
  const ratingId = items[0]?.id;
  if (ratingId === undefined) throw new DemonstrationError(`${last.period}: no rated enterprise`);
  nextCommands(server.url, { ...asked, ratingId, uploadId: last.upload.id }).forEach(say);
  return 0;
}

/** Failures that one sentence explains; anything else shows where it came from. */
const EXPECTED = [ClientError, ConnectionError, DemonstrationError, WaitTimeoutError];

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const expected = EXPECTED.some((kind) => error instanceof kind);
    console.error(expected && error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
