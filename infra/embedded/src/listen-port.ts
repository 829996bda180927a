/** The port that the API will listen on. */
import { createServer } from 'node:net';

import { SettingsError } from './settings';

const HOST = '127.0.0.1';
/** Easy to remember, and no well-known service's; only a wish, where none is asked for. */
export const PREFERRED_PORT = 8338;

/** Before anything is started, since the sentence then stands alone. @throws SettingsError where the port is taken */
export async function requireFreePort(port: number): Promise<void> {
  if (await isFree(port)) return;
  throw new SettingsError(
    `端口 ${port} 已被占用：请改用其他 PORT，或不设置以自动选择空闲端口。\n` +
      `Port ${port} is taken: set another PORT, or leave it unset to take a free one.`,
  );
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, HOST, () => server.close(() => resolve(true)));
  });
}
