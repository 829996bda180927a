/** Which files can be uploaded, and how a request says which it sends. */
import { ProblemError, UPLOAD_FORMATS, type UploadFormat } from '@tanxiao/contracts';

export const MEDIA_TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const satisfies Record<UploadFormat, string>;

/** What browsers and tools call these files. */
const FORMAT_BY_TYPE: Readonly<Record<string, UploadFormat>> = {
  'text/csv': 'csv',
  'application/csv': 'csv',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
};

/** Types that say nothing (browsers send the .xls type for .csv where Excel is installed): the name decides. */
const UNTELLING = new Set([
  'application/octet-stream',
  'application/vnd.ms-excel',
  'text/plain',
  '',
]);

export const ACCEPTED_UPLOADS =
  'text/csv, application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, application/octet-stream (with a filename ending in .csv or .xlsx), multipart/form-data';

/** @throws ProblemError `unsupported-media-type` where neither type nor name tells a format. */
export function uploadFormat(mediaType: string, filename: string): UploadFormat {
  const byType = FORMAT_BY_TYPE[mediaType];
  if (byType) return byType;
  const extension = /\.([a-z]+)$/i.exec(filename)?.[1]?.toLowerCase();
  const byName = UPLOAD_FORMATS.find((format) => format === extension);
  if (byName && UNTELLING.has(mediaType)) return byName;
  throw new ProblemError('unsupported-media-type', { available: ACCEPTED_UPLOADS });
}
