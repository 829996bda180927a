import { usccProblem } from '@tanxiao/contracts';

import { madeName, madeUscc, withBrokenCheckCharacter } from './made-identity';

describe('a made credit code', () => {
  it('is valid by GB 32100 for every serial number and district', () => {
    for (const region of ['330502', '330503', '330521', '330522', '330523'])
      for (let serial = 1; serial <= 9999; serial += 7)
        expect(usccProblem(madeUscc(serial, region))).toBeNull();
  });

  it('can be told from a real one: no real organisation code begins with DEM0', () => {
    expect(madeUscc(1, '330522')).toMatch(/^91330522DEM00001[0-9X][0-9A-Z]$/);
  });

  it('with a broken check character is refused for exactly that', () => {
    for (let serial = 1; serial <= 200; serial++)
      expect(usccProblem(withBrokenCheckCharacter(madeUscc(serial, '330502')))).toBe(
        'check-character',
      );
  });
});

it('a made name says that it is an example', () => {
  expect(madeName(1, '吴兴', '纺织')).toBe('吴兴示例纺织有限公司0001');
});
