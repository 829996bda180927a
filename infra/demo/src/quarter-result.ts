/** How one quarter of the demonstration ended. */
import type { Run, Upload } from '@tanxiao/client';

export interface QuarterResult {
  readonly period: string;
  readonly upload: Upload;
  readonly run: Run;
}
