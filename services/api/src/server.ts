/** The HTTP server around the application: what happens before a request is one, slow clients, an orderly end. */
import { createServer, type Server, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

import { newId, ProblemError, problemView } from '@tanxiao/contracts';
import type { Express } from 'express';

import { expressClasses } from './http/express-classes';
import {
  HEADER_BYTES,
  HEADERS_SECONDS,
  IDLE_CONNECTION_SECONDS,
  REQUEST_SECONDS,
  sizeText,
} from './http/limits';
import { PROBLEM_TYPE } from './http/problem-answer';

export interface ListeningServer {
  /** `http://127.0.0.1:41234`, without a slash at the end. */
  readonly url: string;
  /** Stops accepting, lets requests in flight finish for up to `graceSeconds`, then closes what is left. */
  close(graceSeconds?: number): Promise<void>;
}

/** Listens on `host`; port 0 takes a free one. Rejects where the port is taken. */
export async function listen(
  app: Express,
  address: { readonly host: string; readonly port: number },
): Promise<ListeningServer> {
  const server = createServer(
    {
      ...expressClasses(app),
      maxHeaderSize: HEADER_BYTES,
      headersTimeout: HEADERS_SECONDS * 1000,
      requestTimeout: REQUEST_SECONDS * 1000,
      connectionsCheckingInterval: 2000,
      keepAliveTimeout: 5000,
    },
    app as (...args: unknown[]) => void,
  );
  server.setTimeout(IDLE_CONNECTION_SECONDS * 1000);
  server.on('clientError', answerBrokenRequest);
  // An Expect other than 100-continue may be ignored (RFC 9110, 10.1.1): the application answers as ever.
  server.on('checkExpectation', (request, response) => {
    server.emit('request', request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address.port, address.host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return {
    url: urlOf(server.address() as AddressInfo),
    close: (graceSeconds = 20) => closed(server, graceSeconds),
  };
}

function urlOf(address: AddressInfo): string {
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
}

async function closed(server: Server, graceSeconds: number): Promise<void> {
  const timer = setTimeout(() => server.closeAllConnections(), graceSeconds * 1000).unref();
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
  clearTimeout(timer);
}

/** Node's parser refused what came before the application saw a request: it still gets problem details. */
function answerBrokenRequest(error: Error & { code?: string }, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET' || alreadyAnswering(socket)) {
    socket.destroy();
    return;
  }
  const problem = brokenRequestProblem(error.code);
  const body = Buffer.from(JSON.stringify(problemView(problem, '', 'zh')), 'utf8');
  socket.end(
    Buffer.concat([
      Buffer.from(
        [
          `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`,
          `content-type: ${PROBLEM_TYPE}; charset=utf-8`,
          `content-length: ${body.length}`,
          `request-id: ${newId()}`,
          'content-language: zh',
          'cache-control: no-store',
          'connection: close',
          '\r\n',
        ].join('\r\n'),
      ),
      body,
    ]),
    () => socket.destroy(),
  );
}

/** An answer is on its way on this connection: a second one in its midst would only confuse. */
function alreadyAnswering(socket: Duplex): boolean {
  const { _httpMessage: message } = socket as { _httpMessage?: { headersSent: boolean } | null };
  return message?.headersSent === true;
}

function brokenRequestProblem(code: string | undefined): ProblemError {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return new ProblemError('headers-too-large', { limit: sizeText(HEADER_BYTES) });
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new ProblemError('request-timeout', { limit: String(HEADERS_SECONDS) });
    default:
      return new ProblemError('malformed-request', {
        reasonZh: '无法解析：请求行、请求头或分块编码有误',
        reasonEn:
          'it cannot be parsed: the request line, a header or the chunked encoding is broken',
      });
  }
}
