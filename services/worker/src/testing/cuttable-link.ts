/** For tests: a TCP link to a server that can be cut, as a network is, and mended. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface CuttableLink {
  readonly port: number;
  /** Breaks what is connected; nothing more gets through. */
  cut(): void;
  /** Nothing gets through any more and nothing breaks, as behind a firewall that lost its state. */
  fallSilent(): void;
  mend(): void;
  close(): Promise<void>;
}

export async function cuttableLink(target: {
  readonly host: string;
  readonly port: number;
}): Promise<CuttableLink> {
  const open = new Set<Socket>();
  let whole = true;
  let silent = false;
  const track = (socket: Socket): Socket => {
    open.add(socket);
    // Ends are broken on purpose: either side learns it from its own end of the link.
    socket.on('error', () => socket.destroy()).on('close', () => open.delete(socket));
    return socket;
  };
  const server = createServer((near) => {
    track(near);
    if (!whole) {
      near.destroy();
      return;
    }
    if (silent) return;
    const far = track(connect(target));
    near.pipe(far).pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const breakAll = (): void => open.forEach((socket) => socket.destroy());
  return {
    port: (server.address() as AddressInfo).port,
    cut: () => {
      whole = false;
      breakAll();
    },
    fallSilent: () => {
      silent = true;
      open.forEach((socket) => socket.unpipe().pause());
    },
    mend: () => {
      whole = true;
      silent = false;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        breakAll();
      }),
  };
}
