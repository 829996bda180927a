/**
 * `node test/dist/real-data/main.js OUT.csv [IN.csv]`: writes the assessments as a file for the small-enterprise form
 * and prints what was in them.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { assessmentsPath, mappingGas } from './assessments';
import { mapFactoryAssessments, newMappingCounts } from './map-factory-assessments';

async function main([output, given]: readonly string[]): Promise<number> {
  if (output === undefined) {
    console.error('用法 usage: node test/dist/real-data/main.js OUT.csv [IN.csv]');
    return 2;
  }
  const input = given ?? assessmentsPath();
  if (input === null) return 2;
  const counts = newMappingCounts();
  const gas = mappingGas();
  const lines = createInterface({ input: createReadStream(input, 'utf8'), crlfDelay: Infinity });
  const mapped = mapFactoryAssessments(lines, gas.ratio, counts);
  await pipeline(
    Readable.from(mapped),
    async function* (rows: AsyncIterable<string>) {
      for await (const row of rows) yield `${row}\n`;
    },
    createWriteStream(output),
  );
  for (const [name, count] of Object.entries(counts)) console.log(`${name}: ${count}`);
  console.log(`natural gas: ${gas.heat} GJ / 万立方米 (${gas.factorSet})`);
  return 0;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
