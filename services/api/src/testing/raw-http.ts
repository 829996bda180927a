/** Sends bytes that no HTTP client would send, and reads whatever comes back until the connection ends. */
import { connect } from 'node:net';

export interface RawAnswer {
  /** 0 where the connection was closed without an answer. */
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/** `end`: whether the connection's writing side is closed after the bytes. */
export function sendRaw(
  url: string,
  bytes: string | Buffer,
  options: { readonly end?: boolean; readonly timeoutMs?: number } = {},
): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const received: Buffer[] = [];
    const socket = connect(Number(port), hostname.replace(/^\[|\]$/g, ''), () => {
      if (options.end === false) socket.write(bytes);
      else socket.end(bytes);
    });
    const timer = setTimeout(() => {
      socket.destroy();
      reject(new Error(`no end of the connection; so far: ${Buffer.concat(received).toString()}`));
    }, options.timeoutMs ?? 10_000);
    socket.on('data', (piece) => received.push(piece));
    // A reset after the answer is an end like any other.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(timer);
      const text = Buffer.concat(received).toString('utf8');
      const [head = '', ...body] = text.split('\r\n\r\n');
      resolve({
        status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0),
        head,
        body: body.join('\r\n\r\n'),
      });
    });
  });
}
