import fc from 'fast-check';

import { runBuilt } from '../support/built-program';
import { BACKENDS, PHASES, scheduleOf, scheduleText } from './schedule';
import { workloadOf } from './workload';

const seeds = fc.integer({ min: 0, max: 999_999_999 });
const backends = fc.constantFrom(...BACKENDS);

it('a seed gives one schedule and one workload, whenever it is asked', () => {
  fc.assert(
    fc.property(seeds, backends, (seed, backend) => {
      expect(scheduleText(scheduleOf(seed, backend))).toBe(scheduleText(scheduleOf(seed, backend)));
      expect(workloadOf(seed)).toEqual(workloadOf(seed));
    }),
    { numRuns: 30 },
  );
});

it('a schedule has 3 to 8 faults in the order of the phases, and none of Redis where there is none', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const { faults, workers } = scheduleOf(seed, 'postgres');
      expect(faults.length).toBeGreaterThanOrEqual(3);
      expect(faults.length).toBeLessThanOrEqual(8);
      expect([1, 2, 3]).toContain(workers);
      const places = faults.map(({ phase }) => PHASES.indexOf(phase));
      expect([...places].sort((a, b) => a - b)).toEqual(places);
      for (const { fault } of faults) {
        expect(fault.kind).not.toBe('kill-redis');
        if (fault.kind === 'cut-network') expect(fault.server).toBe('postgres');
      }
    }),
  );
});

// 300 on each backend: npm run test:faults. These three have every kind of fault between them.
it.each(BACKENDS)(
  'on the %s queue nothing is lost or double after faults, and the ratings are those without faults',
  async (backend) => {
    const { code, output } = await runBuilt('faults/main.js', '3', '458', '--backend', backend);
    expect(output).toMatch(/3\/3 seed|skipped/);
    expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' });
  },
  240_000,
);
