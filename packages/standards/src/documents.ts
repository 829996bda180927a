/**
 * The dated documents of the data folder, as text: factor sets and rulebooks. Id and version are those of the file's
 * name; what stands in the text is the rulebook package's business (`parse-documents.ts` sees that both agree).
 */
import path from 'node:path';

import { StandardsDataError } from './data-error';
import { dataFolder, readDataFile, yamlFilesIn } from './data-folder';

export interface DocumentFile {
  readonly id: string;
  /** Semantic version, "1.0.0". */
  readonly version: string;
  /** Absolute path, for messages that name the file. */
  readonly path: string;
  readonly text: string;
}

const FILE_NAME = /^(?<id>.+)-(?<version>\d+\.\d+\.\d+)\.yaml$/;

function documentsIn(folder: string): DocumentFile[] {
  return yamlFilesIn(folder).map((file) => {
    const { id, version } = FILE_NAME.exec(path.basename(file))?.groups ?? {};
    if (id === undefined || version === undefined) {
      throw new StandardsDataError(file, 'file name', 'expected <id>-<version>.yaml');
    }
    return { id, version, path: path.join(dataFolder, file), text: readDataFile(file) };
  });
}

/** Factor sets, `data/factor-sets/<id>-<version>.yaml`, sorted by file name. */
export function factorSetFiles(): DocumentFile[] {
  return documentsIn('factor-sets');
}

/** Rulebooks, `data/rulebooks/<id>-<version>.yaml`, sorted by file name; empty while there is none. */
export function rulebookFiles(): DocumentFile[] {
  return documentsIn('rulebooks');
}
