/** For tests: bytes in chunks, and all that an iteration yields. */

export async function* bytesOf(content: string | Buffer, chunk = 65_536): AsyncGenerator<Buffer> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  for (let i = 0; i < bytes.length; i += chunk)
    yield await Promise.resolve(bytes.subarray(i, i + chunk));
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
