/** The floor of single arrivals: bare one-row transactions of a submission's width over several connections. */
import { randomUUID } from 'node:crypto';

import { Client } from 'pg';

/** Rows a second, durable each. The client is this process. */
export async function insertFloor(
  connectionString: string,
  of: { readonly connections: number; readonly seconds: number },
): Promise<number> {
  const clients = Array.from({ length: of.connections }, () => new Client({ connectionString }));
  await Promise.all(clients.map((client) => client.connect()));
  const [first] = clients;
  await first!.query(
    `CREATE SCHEMA IF NOT EXISTS floor; CREATE TABLE floor.arrivals (LIKE tanxiao.submissions INCLUDING ALL)`,
  );
  const inputs = Array.from({ length: 47 }, (_, i) => (i % 4 === 0 ? 1234.5 + i : null));
  const end = performance.now() + of.seconds * 1000;
  let rows = 0;
  const began = performance.now();
  await Promise.all(
    clients.map(async (client) => {
      while (performance.now() < end) {
        await client.query({
          name: 'floor',
          text: `INSERT INTO floor.arrivals (id, subject_id, layout_id, revision, rulebook_id, period, region_code,
              industry_classification, industry_code, name, actor, request_id, inputs)
            VALUES ($1, $2, 1, 1, 'industrial-carbon-efficiency', '2026Q3', '330502', 'gbt4754-2017', '1751', '示例企业', 'system', $3, $4)`,
          values: [randomUUID(), randomUUID(), randomUUID(), inputs],
        });
        rows += 1;
      }
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  await first!.query('DROP TABLE floor.arrivals');
  await Promise.all(clients.map((client) => client.end()));
  return rows / seconds;
}
