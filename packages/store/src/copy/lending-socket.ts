/**
 * A socket that reads into one buffer of its own, again and again. Node gives every read 64 KB of fresh memory otherwise,
 * and a million subjects come in five thousand reads: V8 counts them as its own and marks its whole heap every 64 MB.
 */
import { Socket, type SocketConstructorOpts, type TcpSocketConnectOpts } from 'node:net';

/** As much as Node reads at a time. */
const READ_BYTES = 1 << 16;

/** Reads bytes that are its own only for as long as it runs. */
export type Borrower = (bytes: Buffer) => void;

export class LendingSocket extends Socket {
  private borrower: Borrower | null = null;

  constructor() {
    let take: (bytes: Buffer) => boolean = () => true;
    // An option of the constructor as well as of `connect`, which passes it on.
    const options: SocketConstructorOpts & Pick<TcpSocketConnectOpts, 'onread'> = {
      onread: {
        buffer: Buffer.allocUnsafeSlow(READ_BYTES),
        callback: (length, buffer) => take((buffer as Buffer).subarray(0, length)),
      },
    };
    super(options);
    take = (bytes) => {
      // Whoever reads the stream may keep what it gets.
      if (this.borrower === null) return this.push(Buffer.from(bytes));
      this.borrower(bytes);
      return true;
    };
  }

  /** From now on all that is read goes to the borrower; where that is null, to whoever reads the stream. */
  lendTo(borrower: Borrower | null): void {
    this.borrower = borrower;
  }
}
