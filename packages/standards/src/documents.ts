/**
 * The dated documents of the data folder, as text: factor sets and rulebooks. Their meaning is the rulebook package's
 * business; here only the two header fields are read, so that a document is found by id and version.
 */
import path from 'node:path';

import { StandardsDataError } from './data-error';
import { dataFolder, readDataFile, yamlFilesIn } from './data-folder';
import { YamlFields } from './yaml-fields';

export interface DocumentFile {
  readonly id: string;
  /** Semantic version, "1.0.0". */
  readonly version: string;
  /** Absolute path, for messages that name the file. */
  readonly path: string;
  readonly text: string;
}

function documentsIn(folder: string, idField: string): DocumentFile[] {
  return yamlFilesIn(folder).map((file) => {
    const text = readDataFile(file);
    const fields = YamlFields.parse(file, text);
    const id = fields.text(idField);
    const version = fields.text('version');
    // The name is what people see in a listing or a diff: it must not promise another document.
    if (path.basename(file) !== `${id}-${version}.yaml`) {
      throw new StandardsDataError(file, 'file name', `expected ${id}-${version}.yaml`);
    }
    return { id, version, path: path.join(dataFolder, file), text };
  });
}

/** Factor sets, `data/factor-sets/<id>-<version>.yaml`, sorted by file name. */
export function factorSetFiles(): DocumentFile[] {
  return documentsIn('factor-sets', 'factorSet');
}

/** Rulebooks, `data/rulebooks/<id>-<version>.yaml`, sorted by file name; empty while there is none. */
export function rulebookFiles(): DocumentFile[] {
  return documentsIn('rulebooks', 'rulebook');
}
