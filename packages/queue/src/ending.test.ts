import { endConnection } from './ending';

/** What the connection was asked for, and what was told. */
async function ended(close: () => Promise<void>, disconnect = () => Promise.resolve()) {
  const asked: string[] = [];
  const heard: string[] = [];
  const begun = Date.now();
  await endConnection(
    {
      close: () => (asked.push('close'), close()),
      disconnect: () => (asked.push('disconnect'), disconnect()),
    },
    (error) => heard.push(error.message),
  );
  return { asked, heard, ms: Date.now() - begun };
}
const never = (): Promise<void> => new Promise(() => undefined);

it('a connection whose server is there is closed and not dropped', async () => {
  expect(await ended(() => Promise.resolve())).toMatchObject({ asked: ['close'], heard: [] });
});

it('one whose server is away is dropped at once, the reason told, whether or not the drop ever ends', async () => {
  const { asked, heard, ms } = await ended(() => Promise.reject(new Error('not writeable')), never);
  expect(asked).toEqual(['close', 'disconnect']);
  expect(heard).toEqual(['not writeable']);
  expect(ms).toBeLessThan(1000);
});

it('one whose server is silent is dropped after two seconds, and a drop that fails is told', async () => {
  const { asked, heard, ms } = await ended(never, () => Promise.reject(new Error('was reset')));
  expect(asked).toEqual(['close', 'disconnect']);
  expect(heard).toEqual(['was reset']);
  expect(ms).toBeGreaterThanOrEqual(1900);
  expect(ms).toBeLessThan(10_000);
});
