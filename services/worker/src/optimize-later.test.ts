import { forkTypescript } from './testing/typescript-child';

test('V8 knows the flag that a worker sets: of one that it does not know it says so, and goes on', async () => {
  const child = forkTypescript('../optimize-later.ts', []);
  await expect(child.ended).resolves.toBe(0);
  expect(child.errors()).toBe('');
});
