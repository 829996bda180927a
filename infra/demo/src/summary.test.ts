import { gradeChart, nextCommands } from './summary';

it('the chart shows each grade with its share of the rated', () => {
  const grades = ['1', '2'].map((code) => ({ code, title: { zh: `${code}级` } }));
  const chart = gradeChart('2026Q3', { rated: 4, grades, groups: [{ key: '1', total: 3 }] });
  expect(chart[1]).toMatch(/^1级\s+3\s+75\.0 % █{30}$/);
  expect(chart[2]).toMatch(/^2级\s+0\s+0\.0 % $/);
});

it('the chart of a city without any rating has no bars and no NaN', () => {
  const grades = [{ code: '1', title: { zh: '1级' } }];
  expect(gradeChart('2026Q3', { rated: 0, grades, groups: [] })[1]).toMatch(/0\.0 % $/);
});

it('the commands are whole: quoted, with the server’s address and every parameter encoded', () => {
  const commands = nextCommands('http://127.0.0.1:1', {
    rulebook: 'industrial-carbon-efficiency',
    period: '2026Q3',
    ratingId: '0190',
    uploadId: '0191',
  }).filter((line) => !line.startsWith('#'));
  expect(commands.length).toBeGreaterThanOrEqual(4);
  for (const command of commands) {
    const [, url] = /^curl -s '([^']+)'$/.exec(command) ?? [];
    expect(new URL(url!).origin).toBe('http://127.0.0.1:1');
  }
});
