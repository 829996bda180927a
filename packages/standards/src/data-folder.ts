/**
 * Where the package's data files stand, and the only place that reads them: every loader is a pure function of
 * file contents, fed from here. `src` (jest) and `dist` (built) are siblings, so one relative path serves both.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Absolute path of `packages/standards/data`. */
export const dataFolder = path.resolve(__dirname, '..', 'data');

/** The text of one data file, named relative to the data folder with forward slashes. */
export function readDataFile(name: string): string {
  return readFileSync(path.join(dataFolder, name), 'utf8');
}

/** Names of the `.yaml` files directly in a folder of the data folder, sorted; none where the folder is missing. */
export function yamlFilesIn(folder: string): string[] {
  const full = path.join(dataFolder, folder);
  if (!existsSync(full)) return [];
  return readdirSync(full)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => `${folder}/${name}`);
}
