/** The port that the API will listen on: chosen by the parent, so that a restarted API keeps it. */
import { createServer } from 'node:net';

import { SettingsError } from './settings';

const HOST = '127.0.0.1';
/** Easy to remember, and no well-known service's; only a wish. */
const PREFERRED = 8338;

/** @throws SettingsError where the port that was asked for is taken */
export async function choosePort(asked: number | null): Promise<number> {
  if (asked !== null) {
    if ((await tryPort(asked)) !== null) return asked;
    throw new SettingsError(
      `端口 ${asked} 已被占用：请改用其他 PORT，或不设置以自动选择空闲端口。\n` +
        `Port ${asked} is taken: set another PORT, or leave it unset to take a free one.`,
    );
  }
  const port = (await tryPort(PREFERRED)) ?? (await tryPort(0));
  if (port === null) throw new SettingsError('本机没有空闲端口。\nThis machine has no free port.');
  return port;
}

function tryPort(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen(port, HOST, () => {
      const address = server.address();
      const found = typeof address === 'object' && address !== null ? address.port : null;
      server.close(() => resolve(found));
    });
  });
}
