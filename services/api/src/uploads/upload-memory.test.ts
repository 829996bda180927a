/** A large file passes through without being held. */
import { type ApiUnderTest, startApi } from '../testing/api-under-test';
import { CSV_HEADER, csvRow, PERIOD, RULEBOOK } from '../testing/sample-submissions';

const ROWS = 800_000;
const PADDING = ','.repeat(400);

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

function* fileOf(rows: number): Generator<Buffer> {
  yield Buffer.from(`${CSV_HEADER}\n`);
  const row = Buffer.from(`${csvRow(1)}${PADDING}\n`);
  const batch = Buffer.concat(Array.from({ length: 100 }, () => row));
  for (let n = 0; n < rows; n += 100) yield batch;
}

it('a 380 MB upload of 800,000 rows raises the process’s memory by less than a quarter of its size', async () => {
  // Once before, so that what every first use costs (buffers of sockets, compiled code) is not counted.
  await send(20_000);
  const before = process.memoryUsage().rss;
  let peak = before;
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
  const bytes = await send(ROWS);
  clearInterval(timer);
  expect(bytes).toBeGreaterThan(375_000_000);
  // Client and server share this process: what both hold together, whatever the file's size, with
  // room for garbage on a loaded machine.
  expect(peak - before).toBeLessThan(bytes / 4);
}, 60_000);

async function send(rows: number): Promise<number> {
  const response = await fetch(`${api.url}/v1/uploads?rulebook=${RULEBOOK}&period=${PERIOD}`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: ReadableStream.from(fileOf(rows)),
    duplex: 'half',
  });
  return ((await response.json()) as { bytes: number }).bytes;
}
