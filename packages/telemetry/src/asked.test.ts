import { asked, NoAnswerError } from './asked';

const never = new Promise<never>(() => undefined);

it('an answer is asked for once in its time, whoever asks', async () => {
  let questions = 0;
  const ask = asked(() => Promise.resolve(++questions), { freshMs: 50, onError: fail });
  expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1]);
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(await ask()).toBe(2);
});

it('a server that fails is no answer, and its reason is heard', async () => {
  const reasons: unknown[] = [];
  const ask = asked(() => Promise.reject(new Error('gone')), { onError: (e) => reasons.push(e) });
  expect(await ask()).toBeNull();
  expect(reasons).toEqual([new Error('gone')]);
});

it('a server that hangs is waited for once, and not asked again while it hangs', async () => {
  const reasons: unknown[] = [];
  let questions = 0;
  const ask = asked(
    () => {
      questions += 1;
      return never;
    },
    { timeoutMs: 20, freshMs: 0, onError: (error) => reasons.push(error) },
  );
  expect(await ask()).toBeNull();
  expect(await ask()).toBeNull();
  expect(questions).toBe(1);
  expect(reasons).toEqual([new NoAnswerError(20)]);
});

function fail(error: unknown): never {
  throw error;
}
