import type { DryRunView, ProblemView } from '@tanxiao/contracts';

import { type ApiUnderTest, startApi } from '../testing/api-under-test';
import { DRAFT_CLAUSE, DRAFT_ID, draftRulebook } from '../testing/draft-rulebook';
import { usccOf } from '../testing/sample-submissions';
import type { ProposalView } from './schemas';

jest.setTimeout(120_000);

let api: ApiUnderTest;
beforeEach(async () => (api = await startApi()));
afterEach(() => api.close());

const URL = '/v1/rulebook-proposals';
const draft = () => draftRulebook({ version: '1.5.0', limit: 1.5 });

const propose = (text: string, extra: Record<string, unknown> = {}) =>
  api.post<ProposalView>(URL, { text, reason: '按新文件放宽', proposedBy: '王 伟', ...extra });
const decide = (id: string, body: Record<string, unknown>) =>
  api.post<ProposalView>(`${URL}/${id}/decision`, body);
const approve = (id: string, decidedBy = '李娜') => decide(id, { decision: 'approved', decidedBy });

async function refused(answer: Promise<{ status: number; body: unknown }>) {
  const { status, body } = await answer;
  const { type, detail, errors = [] } = body as ProblemView;
  return { status, code: type.split(':').at(-1), detail, errors };
}

interface Listed {
  readonly items: readonly {
    id: string;
    version: string;
    hash: string;
    origin: { kind: string; approval: { approvedBy: string; proposal: string } | null };
  }[];
}
const versions = async () =>
  (await api.ask<Listed>('/v1/rulebooks')).body.items.filter(({ id }) => id === DRAFT_ID);

it('what is proposed is checked, compared with the version before, and rated with by nobody', async () => {
  const { status, headers, body } = await propose(draft());
  expect(status).toBe(201);
  expect(headers.get('location')).toBe(`${URL}/${body.id}`);
  expect(body).toMatchObject({
    state: 'open',
    document: { id: DRAFT_ID, version: '1.5.0' },
    proposedBy: '王 伟',
    effective: { from: '2026-07-01', to: null },
    checks: { sound: true, problems: [], examples: 8 },
  });
  expect(body.checks.periods).toContain('2026Q3');
  const limit = body.difference!.changes.find(({ kind }) => kind === 'number');
  expect(limit).toMatchObject({
    name: 'grade_3_limit',
    before: { value: 1.2 },
    after: { value: 1.5, clause: DRAFT_CLAUSE },
  });
  expect((await versions()).map(({ version }) => version)).toEqual(['1.0.0']);
  expect((await api.ask<ProposalView>(`${URL}/${body.id}`)).body).toEqual(body);
});

it('approved by a second person it is listed with its origin and has a form at once', async () => {
  const { body: proposal } = await propose(draft());
  const { status, body } = await approve(proposal.id);
  expect([status, body.state, body.decision?.decidedBy]).toEqual([200, 'approved', '李娜']);
  const [shipped, approved] = await versions();
  expect(shipped!.origin).toEqual({ kind: 'shipped', approval: null });
  expect(approved).toMatchObject({
    version: '1.5.0',
    hash: proposal.document.hash,
    origin: { kind: 'approved', approval: { approvedBy: '李娜', proposal: proposal.id } },
  });
  const template = await fetch(`${api.url}/v1/rulebooks/${DRAFT_ID}/template?period=2026Q3`);
  expect(template.headers.get('rulebook-version')).toBe('1.5.0');
  const before = await fetch(`${api.url}/v1/rulebooks/${DRAFT_ID}/template?period=2026Q2`);
  expect(before.headers.get('rulebook-version')).toBe('1.0.0');
});

it('a run asked for after the approval names the approved text', async () => {
  const run = () =>
    api.post<{ rulebook: { version: string; hash: string } }>('/v1/runs', {
      rulebook: DRAFT_ID,
      period: '2026Q3',
    });
  expect((await run()).body.rulebook.version).toBe('1.0.0');
  const { body: proposal } = await propose(draft());
  await approve(proposal.id);
  expect((await run()).body.rulebook.hash).toBe(proposal.document.hash);
});

it('the proposer is refused as approver, however the name is written', async () => {
  const { body } = await propose(draft());
  for (const name of ['王 伟', '王伟', ' 王　伟 '])
    expect(await refused(approve(body.id, name))).toMatchObject({
      status: 403,
      code: 'second-person-needed',
    });
  expect((await versions()).length).toBe(1);
});

it('a decision stands: a second one is refused', async () => {
  const { body } = await propose(draft());
  await decide(body.id, { decision: 'rejected', decidedBy: '李娜', reason: '依据不足' });
  expect(await refused(approve(body.id, '张三'))).toMatchObject({ status: 409, code: 'conflict' });
  expect((await versions()).length).toBe(1);
});

it('a rejection says why', async () => {
  const { body } = await propose(draft());
  const answer = await refused(decide(body.id, { decision: 'rejected', decidedBy: '李娜' }));
  expect([answer.status, answer.errors[0]?.pointer]).toEqual([400, '/reason']);
});

it('a broken text is refused with every problem: its line, what it is, how to mend it, in both languages', async () => {
  const broken = draft()
    .replace('of: carbon_efficiency_ratio', 'of: no_such_value')
    .replace('members: revenue_10k_cny > 0', 'members: no_such_input > 0');
  for (const [language, script] of [
    ['zh', /\p{Script=Han}/u],
    ['en', /^[^\p{Script=Han}]+$/u],
  ] as const) {
    const { status, code, errors } = await refused(
      api.post(
        URL,
        { text: broken, reason: 'x', proposedBy: 'a' },
        { 'accept-language': language },
      ),
    );
    expect([status, code]).toEqual([422, 'invalid-document']);
    expect(errors.map(({ document }) => document!.code)).toContain('unknown-name');
    for (const { document, hint } of errors) {
      expect(broken.split('\n')[document!.line - 1]).toMatch(/no_such/);
      expect(hint).toMatch(script);
    }
  }
});

it('a worked example that fails is told at its line, with what was expected and found', async () => {
  const wrong = draft().replace('net_emissions_tco2: "49.74"', 'net_emissions_tco2: "50"');
  const { status, errors } = await refused(propose(wrong));
  expect(status).toBe(422);
  expect(errors).toHaveLength(1);
  expect(errors[0]!.document!.code).toBe('failed-example');
  expect(errors[0]!.message).toContain('expected 50, found 49.74');
  const line = wrong.split('\n')[errors[0]!.document!.line - 1];
  expect(line).toContain('Exactly on the limit of grade 1');
});

it('a text that names no factor set at hand, is no YAML, or holds NUL is refused, never a 5xx', async () => {
  const mistakes = [
    ['id: cn-industrial, version: 1.0.0', 'id: cn-industrial, version: 7.0.0'],
    ['rulebook:', ': ['],
    ['# ', '# \u0000'],
  ] as const;
  for (const [from, to] of mistakes)
    expect((await refused(propose(draft().replace(from, to)))).status).toBe(422);
});

it('the text of an open proposal is not proposed again, and a version in use keeps its text', async () => {
  const first = await propose(draft());
  const again = await refused(propose(draft()));
  expect(again).toMatchObject({ status: 409, code: 'conflict' });
  expect(again.detail).toContain(first.body.id);
  const shipped = await refused(propose(draftRulebook({ version: '1.0.0', limit: 1.5 })));
  expect(shipped).toMatchObject({ status: 409, code: 'conflict' });
});

it('of two texts for one version only one is approved', async () => {
  const [one, other] = [
    await propose(draft()),
    await propose(draftRulebook({ version: '1.5.0', limit: 1.6 })),
  ];
  expect((await approve(one.body.id)).status).toBe(200);
  expect(await refused(approve(other.body.id))).toMatchObject({ status: 409 });
  expect((await versions()).map(({ hash }) => hash)).toContain(one.body.document.hash);
});

it('a new factor set is approved first; then a rulebook that names it can be proposed', async () => {
  const { text } = api.standards.factorSets[0]!;
  const factors = text.replace('version: 1.0.0', 'version: 1.9.0');
  const rulebook = draft().replace(
    'cn-industrial, version: 1.0.0',
    'cn-industrial, version: 1.9.0',
  );
  expect((await refused(propose(rulebook))).errors[0]!.document!.code).toBe('unknown-factor-set');
  const { body } = await propose(factors, { kind: 'factor-set' });
  expect((await approve(body.id)).status).toBe(200);
  const sets = await api.ask<Listed>('/v1/factor-sets');
  expect(sets.body.items.map(({ version }) => version)).toContain('1.9.0');
  expect((await propose(rulebook)).status).toBe(201);
});

it('an open proposal is tried on the population before anybody approves it', async () => {
  const items = [40, 100, 100, 100, 140].map((carrier_33, n) => ({
    ...{ uscc: usccOf(n), regionCode: '330502', industryCode: '1751' },
    inputs: { revenue_10k_cny: 1000, carrier_33, carrier_15: 0 },
  }));
  const body = { rulebook: DRAFT_ID, period: '2026Q3' };
  await api.post('/v1/submissions', { ...body, submissions: items });
  const { body: proposal } = await propose(draft());
  expect(proposal.warnings.map(({ code, periods }) => [code, periods])).toEqual([
    ['rated-periods', ['2026Q3']],
  ]);
  const dry = await api.post<DryRunView>('/v1/dry-runs', {
    ...body,
    after: { proposal: proposal.id },
  });
  expect(dry.status).toBe(200);
  expect(dry.body.counts).toMatchObject({ better: 1, worse: 0, unchanged: 4 });
  const other = await refused(
    api.post('/v1/dry-runs', {
      ...{ ...body, rulebook: 'industrial-carbon-efficiency' },
      after: { proposal: proposal.id },
    }),
  );
  expect([other.status, other.errors[0]!.pointer]).toEqual([400, '/after/proposal']);
});

it('lists by state, kind and document, newest first, in pages', async () => {
  const first = await propose(draft());
  const second = await propose(draftRulebook({ version: '1.6.0', limit: 1.6 }));
  await approve(first.body.id);
  const list = async (query: string) =>
    (await api.ask<{ items: { id: string }[]; nextCursor: string | null }>(`${URL}?${query}`)).body;
  expect((await list('')).items.map(({ id }) => id)).toEqual([second.body.id, first.body.id]);
  expect((await list('state=open')).items.map(({ id }) => id)).toEqual([second.body.id]);
  expect((await list(`state=approved&document=${DRAFT_ID}`)).items).toHaveLength(1);
  expect((await list('kind=factor-set')).items).toEqual([]);
  const page = await list('limit=1');
  const rest = await list(`limit=1&cursor=${page.nextCursor!}`);
  expect(rest.items.map(({ id }) => id)).toEqual([first.body.id]);
});

it('sent twice with one idempotency key it is one proposal', async () => {
  const body = { text: draft(), reason: 'r', proposedBy: 'a' };
  const key = { 'idempotency-key': 'once' };
  const [one, two] = [
    await api.post<ProposalView>(URL, body, key),
    await api.post<ProposalView>(URL, body, key),
  ];
  expect([one.status, two.status, two.body.id]).toEqual([201, 201, one.body.id]);
});
