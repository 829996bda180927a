/** What a client may ask of a rulebook or factor set: a version, or the one of a period. */
import { UPLOAD_FORMATS } from '@tanxiao/contracts';
import { z } from 'zod';

import { inBoth, languageParameter, periodParameter } from '../http/parameters';

const versionParameter = z
  .string()
  .regex(/^\d{1,6}\.\d{1,6}\.\d{1,6}$/)
  .optional()
  .meta({
    description: 'Default: the version in force today, or the newest where none is',
    example: '1.0.0',
  });

export const versionQuery = z.object({ version: versionParameter });

const versionOrPeriod = versionQuery.extend({
  period: periodParameter
    .optional()
    .meta({ description: 'The version in force then, instead of `version`' }),
});

type VersionOrPeriod = Readonly<z.output<typeof versionOrPeriod>>;

const isOneOfBoth = ({ version, period }: VersionOrPeriod): boolean =>
  version === undefined || period === undefined;
const ONE_OF_BOTH = inBoth('version 与 period 只能写一个', 'give `version` or `period`, not both');

export const rulebookQuery = versionOrPeriod.refine(isOneOfBoth, ONE_OF_BOTH);

export const templateQuery = versionOrPeriod
  .extend({ format: z.enum(UPLOAD_FORMATS).default('xlsx'), language: languageParameter })
  .refine(isOneOfBoth, ONE_OF_BOTH);
