/** The assessments as a file for the small-enterprise form. */
import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { assessmentsPath, mappingGas } from './assessments';
import {
  mapFactoryAssessments,
  type MappingCounts,
  newMappingCounts,
} from './map-factory-assessments';

/** @returns what was in them, or null (with the reason printed) where the data are not at hand */
export async function writeMappedFile(
  output: string,
  given?: string,
): Promise<MappingCounts | null> {
  const input = given ?? assessmentsPath();
  if (input === null) return null;
  const counts = newMappingCounts();
  const lines = createInterface({ input: createReadStream(input, 'utf8'), crlfDelay: Infinity });
  const mapped = mapFactoryAssessments(lines, mappingGas().ratio, counts);
  await pipeline(
    Readable.from(mapped),
    async function* (rows: AsyncIterable<string>) {
      for await (const row of rows) yield `${row}\n`;
    },
    createWriteStream(output),
  );
  return counts;
}
