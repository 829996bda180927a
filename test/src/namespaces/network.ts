/**
 * Four hosts on one machine: network namespaces for the database, Redis and two worker hosts, joined by a bridge on
 * which the harness itself, with API and client, is the fifth. Names and subnet are drawn for each run, so that runs
 * side by side do not meet; a shell that outlives the harness removes everything, however the harness ends.
 */
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { once } from 'node:events';

export const HOSTS = ['db', 'redis', 'a', 'b'] as const;
export type Host = (typeof HOSTS)[number];

/** Why this machine cannot have the test's network, in one sentence; null where it can. */
export function networkMissing(): string | null {
  if (process.platform !== 'linux') return 'network namespaces are Linux only';
  if (process.getuid?.() !== 0) return 'not root: network namespaces cannot be made';
  try {
    const probe = `txp${randomBytes(3).toString('hex')}`;
    execFileSync('ip', ['netns', 'add', probe], { stdio: 'pipe' });
    execFileSync('ip', ['netns', 'del', probe], { stdio: 'pipe' });
    execFileSync('setpriv', ['--version'], { stdio: 'pipe' });
    return null;
  } catch (error) {
    return `network namespaces cannot be made: ${error instanceof Error ? error.message : String(error)}`;
  }
}

export class Network {
  private constructor(
    private readonly id: string,
    private readonly subnet: string,
    private readonly removal: { readonly end: () => Promise<void> },
  ) {}

  /** @param folder removed at the end, too */
  static open(folder: string): Network {
    const id = randomBytes(3).toString('hex');
    const subnet = `10.${randomInt(128, 255)}.${randomInt(0, 255)}`;
    const network = new Network(id, subnet, removeAtEnd(id, folder));
    network.build();
    return network;
  }

  namespace(host: Host): string {
    return namespaceOf(this.id, host);
  }

  address(host: Host): string {
    return `${this.subnet}.${HOSTS.indexOf(host) + 2}`;
  }

  /** Takes the host off the network: packets to and from it are lost, and nobody is told. */
  cut(host: Host): void {
    ip('link', 'set', vethOf(this.id, host), 'down');
  }

  mend(host: Host): void {
    ip('link', 'set', vethOf(this.id, host), 'up');
  }

  /** Ends every process of the hosts and removes the network and the folder. */
  async close(): Promise<void> {
    await this.removal.end();
  }

  private build(): void {
    const bridge = bridgeOf(this.id);
    ip('link', 'add', bridge, 'type', 'bridge');
    ip('addr', 'add', `${this.subnet}.1/24`, 'dev', bridge);
    ip('link', 'set', bridge, 'up');
    for (const host of HOSTS) {
      const namespace = this.namespace(host);
      const veth = vethOf(this.id, host);
      ip('netns', 'add', namespace);
      ip('link', 'add', veth, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', namespace);
      ip('link', 'set', veth, 'master', bridge, 'up');
      ip('-n', namespace, 'addr', 'add', `${this.address(host)}/24`, 'dev', 'eth0');
      ip('-n', namespace, 'link', 'set', 'eth0', 'up');
      ip('-n', namespace, 'link', 'set', 'lo', 'up');
    }
  }
}

function ip(...words: readonly string[]): void {
  execFileSync('ip', words, { stdio: ['ignore', 'ignore', 'pipe'] });
}

/** Names of links have at most 15 characters. */
const bridgeOf = (id: string): string => `txb${id}`;
const vethOf = (id: string, host: Host): string => `tx${id}${host}`;
const namespaceOf = (id: string, host: Host): string => `tx${id}-${host}`;

/** The shell waits for the end of its input, which comes with the end of the harness, then removes what there is. */
function removeAtEnd(id: string, folder: string): { readonly end: () => Promise<void> } {
  const script = `
    cat >/dev/null
    for namespace in ${HOSTS.map((host) => namespaceOf(id, host)).join(' ')}; do
      [ -e /run/netns/$namespace ] || continue
      for pid in $(ip netns pids $namespace); do kill -9 $pid 2>/dev/null; done
      ip netns del $namespace
    done
    # A namespace lives on while a socket of it waits for a host that was cut off; its link must not.
    for link in ${HOSTS.map((host) => vethOf(id, host)).join(' ')}; do ip link del $link 2>/dev/null; done
    ip link del ${bridgeOf(id)} 2>/dev/null
    for try in 1 2 3 4 5; do rm -rf "$1" && break; sleep 0.2; done`;
  const shell = spawn('sh', ['-c', script, 'sh', folder], {
    // Ctrl-C in the terminal must not end it together with the harness.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  shell.unref();
  return {
    end: async () => {
      shell.ref();
      const ended = once(shell, 'exit');
      shell.stdin.end();
      await ended;
    },
  };
}
