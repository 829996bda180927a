/**
 * `npm run test:namespaces` (after `npm run build`; as root, Linux): a worker host is cut off in the middle of a run.
 * Says why it is skipped where it cannot be; exits with 1 where something is wrong.
 */
import { chmod } from 'node:fs/promises';

import { findOnPath } from '../support/programs';
import { makeTempDir } from '../support/temp-dir';
import { cutHost } from './cut-host';
import { networkMissing } from './network';

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function main(): Promise<boolean> {
  const missing =
    networkMissing() ?? (findOnPath('redis-server') ? null : 'no redis-server on the PATH');
  if (missing !== null) {
    say(`namespaces: skipped, ${missing}`);
    return true;
  }
  const folder = await makeTempDir('namespaces');
  // The database runs under another account, which must be able to pass.
  await chmod(folder.path, 0o711);
  const wrong = await cutHost({ folder: folder.path, say });
  for (const sentence of wrong) say(`WRONG: ${sentence}`);
  say(`namespaces: ${wrong.length === 0 ? 'passed' : 'FAILED'}`);
  return wrong.length === 0;
}

main().then(
  (good) => process.exit(good ? 0 : 1),
  (error: unknown) => {
    process.stderr.write(
      `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exit(1);
  },
);
