/** `tanxiao import`: sends a file to a server, follows it to its end, and says honestly what became of it. */
import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import path from 'node:path';

import type { TanxiaoClient, Upload } from '@tanxiao/client';
import { type IssueView, newId } from '@tanxiao/contracts';

import { EXIT, type ExitCode, UsageError } from '../failures';
import { formatOf } from '../file-format';
import { type OptionShape, readOptions } from '../options';
import { openOutput } from '../output-file';
import { periodOption } from '../rulebook-choice';
import { say, type Terminal } from '../terminal';
import { clientOf, serverFailure } from './server-client';

const SHAPE: OptionShape = {
  options: {
    server: 'text',
    rulebook: 'text',
    period: 'text',
    partial: 'flag',
    key: 'text',
    annotated: 'text',
    timeout: 'text',
  },
  positionals: { least: 1, most: 1 },
};

const DEFAULT_TIMEOUT_SECONDS = 3600;

export async function importCommand(
  words: readonly string[],
  terminal: Terminal,
): Promise<ExitCode> {
  const options = readOptions(words, SHAPE);
  const file = options.positionals[0]!;
  formatOf(file);
  await access(file).catch(() => {
    throw new UsageError({ zh: `找不到文件 ${file}`, en: `there is no file ${file}` });
  });
  const client = clientOf(options.required('server'), terminal);
  const period = options.text('period');
  const key = options.text('key') ?? newId();
  const timeoutSeconds = secondsOption(options.text('timeout'));
  // Told before anything is sent: whoever is cut off can send the same again with it.
  say(terminal, { zh: `幂等键 ${key}`, en: `idempotency key ${key}` });
  try {
    const sent = await client.uploadStream(createReadStream(file), {
      rulebook: options.required('rulebook'),
      ...(period === null ? {} : { period: periodOption(period).id }),
      partial: options.flag('partial'),
      idempotencyKey: key,
      filename: path.basename(file),
    });
    say(terminal, {
      zh: `已送达，${sent.bytes} 字节，上传编号 ${sent.id}`,
      en: `arrived, ${sent.bytes} bytes, upload ${sent.id}`,
    });
    const upload = await client.waitForUpload(sent.id, {
      rated: true,
      timeoutSeconds,
      onProgress: progressTeller(terminal),
    });
    return await told(client, upload, options.text('annotated'), terminal);
  } catch (error) {
    throw serverFailure(error);
  }
}

function secondsOption(text: string | null): number {
  const seconds = text === null ? DEFAULT_TIMEOUT_SECONDS : Number(text);
  if (Number.isInteger(seconds) && seconds > 0) return seconds;
  throw new UsageError({
    zh: `--timeout 应为正整数秒，实为“${text ?? ''}”`,
    en: `--timeout must be a whole number of seconds, found "${text ?? ''}"`,
  });
}

/** A line where something has changed, from the server's own counts. */
function progressTeller(terminal: Terminal): (upload: Upload) => void {
  let last = '';
  return ({ state, rows }) => {
    const text = {
      zh: `${state}：读取 ${rows.read} 行，接受 ${rows.accepted}，退回 ${rows.rejected}，已评 ${rows.rated}`,
      en: `${state}: ${rows.read} rows read, ${rows.accepted} accepted, ${rows.rejected} rejected, ${rows.rated} rated`,
    };
    if (text.en !== last) say(terminal, text);
    last = text.en;
  };
}

async function told(
  client: TanxiaoClient,
  upload: Upload,
  annotated: string | null,
  terminal: Terminal,
): Promise<ExitCode> {
  const { state, problem, errors, rows } = upload;
  if (state === 'unreadable') {
    const text = problem ?? { zh: '无法读取该文件', en: 'the file cannot be read' };
    say(terminal, text);
    return EXIT.failed;
  }
  if (errors > 0) {
    await tellErrors(client, upload.id, errors, terminal);
    if (annotated !== null) await saveAnnotated(client, upload.id, annotated, terminal);
  }
  if (state === 'rejected') {
    say(terminal, {
      zh: '文件有误，未保存任何数据；加 --partial 可只保存无误的行',
      en: 'the file has errors, nothing was kept; with --partial the good rows are kept',
    });
    return EXIT.failed;
  }
  return rows.accepted > 0 ? EXIT.ok : EXIT.failed;
}

/** Errors told one by one; the annotated file holds them all. */
const TOLD_ERRORS = 20;

async function tellErrors(
  client: TanxiaoClient,
  id: string,
  errors: number,
  terminal: Terminal,
): Promise<void> {
  const response = await client.fetch('/v1/uploads/{id}/errors', {
    parameters: { id },
    query: { limit: TOLD_ERRORS },
  });
  const page = (await response.json()) as { readonly items: readonly IssueView[] };
  for (const { row, column, message, hint } of page.items) {
    // The server has answered in the terminal's language already.
    const text = `${[row, column].filter((part) => part !== undefined).join(' ')}: ${message}; ${hint}`;
    say(terminal, { zh: `第 ${text}`, en: `row ${text}` });
  }
  if (errors > page.items.length) {
    say(terminal, {
      zh: `……共 ${errors} 处错误；加 --annotated 文件名 可取回带错误说明的文件`,
      en: `… ${errors} errors in all; --annotated FILE saves the file with all of them`,
    });
  }
}

async function saveAnnotated(
  client: TanxiaoClient,
  id: string,
  file: string,
  terminal: Terminal,
): Promise<void> {
  const response = await client.fetch('/v1/uploads/{id}/annotated', { parameters: { id } });
  const output = await openOutput(file, terminal);
  try {
    for await (const chunk of response.body ?? []) await output.write(chunk as Uint8Array);
    await output.finish();
  } catch (error) {
    await output.discard();
    throw error;
  }
  say(terminal, { zh: `带错误说明的文件：${file}`, en: `file with its errors: ${file}` });
}
