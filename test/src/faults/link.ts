/**
 * A network link that can be cut: a TCP proxy in front of a server, one for each process and server, so that a fault
 * can part one host from one server and leave the others alone.
 */
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * stalled: nothing passes, nobody is told; what was sent arrives afterwards. reset: connections are reset and new ones
 * too. slow: each piece arrives later. forgotten: as by a firewall that lost its state, the server's ends are closed
 * and the client's ends hear nothing, ever; new connections pass.
 */
export const CUTS = ['stalled', 'reset', 'slow', 'forgotten'] as const;
export type Cut = (typeof CUTS)[number];

const SLOW_MS = 60;

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  forgotten: boolean;
}

export class Link {
  private readonly pairs = new Set<Pair>();
  private cut: Exclude<Cut, 'forgotten'> | null = null;

  private constructor(
    private readonly listener: Server,
    /** The port it listens on; does not change. */
    readonly port: number,
    private readonly target: () => number,
  ) {
    listener.on('connection', (client) => this.accept(client));
  }

  /** @param target the server's port, asked for each connection: a server may come back on another one */
  static async open(target: () => number): Promise<Link> {
    const listener = createServer({ allowHalfOpen: true });
    const port = await new Promise<number>((resolve, reject) => {
      listener.once('error', reject);
      listener.listen(0, '127.0.0.1', () => resolve((listener.address() as { port: number }).port));
    });
    return new Link(listener, port, target);
  }

  /** Cut in that way for so long, then whole again. */
  async disturb(cut: Cut, milliseconds: number): Promise<void> {
    if (cut === 'forgotten') {
      for (const pair of this.pairs) {
        pair.forgotten = true;
        pair.server.destroy();
      }
      return;
    }
    this.cut = cut;
    if (cut === 'reset') this.resetAll();
    if (cut === 'stalled') this.eachSocket((socket) => socket.pause());
    await sleep(milliseconds);
    this.heal();
  }

  heal(): void {
    this.cut = null;
    this.eachSocket((socket) => socket.resume());
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.listener.close(() => resolve()));
    this.resetAll();
    await closed;
  }

  private resetAll(): void {
    this.eachSocket(reset);
  }

  private eachSocket(act: (socket: Socket) => void): void {
    for (const { client, server } of this.pairs) {
      act(client);
      act(server);
    }
  }

  private accept(client: Socket): void {
    if (this.cut === 'reset') {
      client.on('error', () => client.destroy());
      reset(client);
      return;
    }
    const server = connect({ port: this.target(), host: '127.0.0.1', allowHalfOpen: true });
    const pair: Pair = { client, server, forgotten: false };
    this.pairs.add(pair);
    this.pass(pair, client, server);
    this.pass(pair, server, client);
    if (this.cut === 'stalled') {
      client.pause();
      server.pause();
    }
  }

  /** One direction, in order. The end of one side ends the other, as does its failure. */
  private pass(pair: Pair, from: Socket, to: Socket): void {
    let passed: Promise<void> = Promise.resolve();
    const afterwards = (act: () => void): void => {
      passed = passed
        .then(() => (this.cut === 'slow' ? sleep(SLOW_MS) : undefined))
        .then(() => {
          if (!pair.forgotten && to.writable) act();
        });
    };
    from.setNoDelay(true);
    from.on('data', (piece: Buffer) => afterwards(() => to.write(piece)));
    from.on('end', () => afterwards(() => to.end()));
    from.on('error', () => from.destroy());
    from.on('close', (hadError) => {
      if (pair.forgotten && from === pair.server) return;
      this.pairs.delete(pair);
      if (hadError) reset(to);
      else afterwards(() => to.end());
    });
  }
}

/** libuv does not reset a socket that was shut down, and Node then never closes it (20.20: it spins at its exit). */
function reset(socket: Socket): void {
  if (socket.writableEnded || socket.destroyed) socket.destroy();
  else socket.resetAndDestroy();
}
