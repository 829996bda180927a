/**
 * `node test/dist/real-data/main.js OUT.csv [IN.csv]`: writes the assessments as a file for the small-enterprise form
 * and prints what was in them.
 */
import { mappingGas } from './assessments';
import { writeMappedFile } from './mapped-file';

async function main([output, given]: readonly string[]): Promise<number> {
  if (output === undefined) {
    console.error('用法 usage: node test/dist/real-data/main.js OUT.csv [IN.csv]');
    return 2;
  }
  const counts = await writeMappedFile(output, given);
  if (counts === null) return 2;
  for (const [name, count] of Object.entries(counts)) console.log(`${name}: ${count}`);
  const gas = mappingGas();
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
