import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import express from 'express';

import { expressClasses } from './express-classes';

test('a request and its response keep the prototypes that they were made with, and are Express’s', async () => {
  const app = express();
  const seen: object[] = [];
  const note = (request: IncomingMessage, response: ServerResponse): void => {
    seen.push(Object.getPrototypeOf(request) as object, Object.getPrototypeOf(response) as object);
  };
  app.get('/asked', (request, response) => {
    note(request, response);
    response.json({ host: request.get('host'), here: request.app === app });
  });
  const server = createServer(expressClasses(app));
  server.on('request', note).on('request', app as (...args: unknown[]) => void);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}/asked`);
    expect(await answer.json()).toEqual({ host: `127.0.0.1:${port}`, here: true });
    const [request, response, requestThen, responseThen] = seen;
    expect(requestThen).toBe(request);
    expect(responseThen).toBe(response);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
