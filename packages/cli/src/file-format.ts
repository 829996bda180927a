/** The format of a file by its name; the readers check that the content agrees. */
import path from 'node:path';

import type { UploadFormat } from '@tanxiao/contracts';

import { UsageError } from './failures';

const FORMATS: Readonly<Record<string, UploadFormat>> = {
  '.csv': 'csv',
  '.tsv': 'csv',
  '.txt': 'csv',
  '.xlsx': 'xlsx',
};

/** @throws UsageError */
export function formatOf(file: string): UploadFormat {
  const extension = path.extname(file).toLowerCase();
  const format = FORMATS[extension];
  if (format !== undefined) return format;
  throw new UsageError({
    zh: `不支持“${extension}”文件；可用：${Object.keys(FORMATS).join('、')}`,
    en: `files ending in "${extension}" are not supported; use ${Object.keys(FORMATS).join(', ')}`,
  });
}
