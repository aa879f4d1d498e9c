import fc from 'fast-check';
import { readCsv } from '../../../../../src/base/csv';
import { NetworkError } from '../../../../../src/base/errors';
import type { AuditResult, AuditState } from '../../../../../src/gallery/project/actions/policy-audit';
import { createPolicyAudit, MAX_SHOWN } from '../../../../../src/gallery/project/actions/policy-audit';
import type { ProjectFile } from '../../../../../src/gallery/project/project-index';
import type { Policy } from '../../../../../src/upload/rules/policy/policy';
import { readPolicy } from '../../../../../src/upload/rules/policy/read-policy';
import { projectFile } from '../../../../helpers/project-files';

function policyOf(document: object): Policy {
  const result = readPolicy(JSON.stringify({ version: 1, ...document }));
  if (!result.ok) throw new Error(JSON.stringify(result.faults));
  return result.policy;
}

/** An index with these files, and the audits of it. */
function stage(files: readonly ProjectFile[]) {
  const readRows = jest.fn((_: number, start: number, count: number) =>
    Promise.resolve(files.slice(start, start + count)),
  );
  const audit = createPolicyAudit({ readRows });
  const states: AuditState[] = [];
  audit.subscribe(() => states.push(audit.getSnapshot()));
  return { audit, readRows, states, result: { id: 1, count: files.length } };
}

async function resultOf(files: readonly ProjectFile[], document: object): Promise<AuditResult> {
  const { audit, result } = stage(files);
  await audit.start(result, policyOf(document));
  const state = audit.getSnapshot();
  if (state.status !== 'done') throw new Error(state.status);
  return state.result;
}

const item = (id: number, facts: Partial<ProjectFile['item']> = {}): ProjectFile['item'] => ({
  ...projectFile(id).item,
  ...{ id, type: 'Bug', fileCount: 1, ...facts },
});

test('An audit counts the files that break each rule, those of a work item type by its own rules', async () => {
  const files = [
    projectFile(1, { name: 'setup.exe', size: 5_000, comment: '', item: item(1) }),
    projectFile(2, { name: 'build.log', size: 20_000, comment: 'seen', item: item(2) }),
    projectFile(3, { name: 'old.exe', size: undefined, comment: 'x', item: item(3) }),
    projectFile(4, { name: 'fine.log', size: 1, comment: '', item: item(4, { type: 'Task' }) }),
  ];
  const { rules, ...rest } = await resultOf(files, {
    ...{ block: ['exe'], maxBytes: 10_000 },
    workItemTypes: { Bug: { requireComment: true } },
  });
  expect(rest).toMatchObject({ checked: 4, broken: 3, fullItems: [], fullItemCount: 0 });
  expect(rules.map(({ rule, count, bytes }) => [rule, count, bytes])).toEqual([
    ['type', 2, 5_000],
    ['maxBytes', 1, 20_000],
    ['requireComment', 1, 5_000],
  ]);
  expect(rules[0]?.files).toEqual([files[0], files[2]]);
});

test('An audit names each work item with too many attachments once, the fullest first', async () => {
  const files = [
    ...[1, 2, 3].map((number) => projectFile(number, { item: item(7, { fileCount: 3 }) })),
    ...[4, 5].map((number) => projectFile(number, { item: item(8, { fileCount: 5 }) })),
    projectFile(6, { item: item(9, { fileCount: 2 }) }),
  ];
  const { broken, rules, fullItems, csv } = await resultOf(files, { maxFiles: 2 });
  expect([broken, rules]).toEqual([0, []]);
  expect(fullItems.map(({ id }) => id)).toEqual([8, 7]);
  const rows = readCsv(csv.join(''), ',').map(({ cells }) => cells);
  expect(rows.slice(1).map((cells) => [cells[0], cells[3]])).toEqual([
    ['', '7'],
    ['', '8'],
  ]);
});

test('The table of an audit has each broken rule of each file, and the lists the first ones', async () => {
  const files = Array.from({ length: 1_234 }, (_, number) =>
    projectFile(number + 1, { name: `${number},"x".exe`, comment: '' }),
  );
  const { checked, broken, rules, csv } = await resultOf(files, { block: ['exe'], requireComment: true });
  expect([checked, broken]).toEqual([1_234, 1_234]);
  expect(rules.map(({ count, files: shown }) => [count, shown.length])).toEqual([
    [1_234, MAX_SHOWN],
    [1_234, MAX_SHOWN],
  ]);
  const rows = readCsv(csv.join(''), ',').map(({ cells }) => cells);
  expect(rows).toHaveLength(1 + 2 * 1_234);
  expect(rows[1]?.slice(0, 2)).toEqual(['0,"x".exe', "This project doesn't allow files of type “exe”."]);
});

test('An audit reports its progress, and ends if the list changes, fails or is canceled', async () => {
  const files = Array.from({ length: 1_200 }, (_, number) => projectFile(number + 1));
  const policy = policyOf({ block: ['exe'] });
  const { audit, readRows, states, result } = stage(files);
  await audit.start(result, policy);
  expect(states.map((state) => (state.status === 'checking' ? state.done : state.status))).toEqual([
    ...[0, 500, 1_000, 'done'],
  ]);
  readRows.mockResolvedValueOnce([]);
  await audit.start(result, policy);
  expect(audit.getSnapshot()).toEqual({ status: 'outdated' });
  readRows.mockRejectedValueOnce(new NetworkError('No answer.'));
  await audit.start(result, policy);
  expect(audit.getSnapshot()).toMatchObject({ status: 'failed', problem: { kind: 'network' } });
  const running = audit.start(result, policy);
  audit.cancel();
  await running;
  expect(audit.getSnapshot()).toEqual({ status: 'idle' });
});

test('An audit counts what a check of each file alone would', async () => {
  const fileArbitrary = fc.record({
    name: fc.constantFrom('a.exe', 'b.log', 'c.PNG', 'noext'),
    size: fc.option(fc.integer({ min: 0, max: 20 }), { nil: undefined }),
    comment: fc.constantFrom('', ' ', 'seen'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(fileArbitrary, { maxLength: 20 }), async (facts) => {
      const files = facts.map((each, index) => projectFile(index + 1, each));
      const { rules, broken } = await resultOf(files, {
        ...{ allow: ['log', 'png'], maxBytes: 10, requireComment: true },
      });
      const counts = new Map(rules.map(({ rule, count }) => [rule, count]));
      const large = facts.filter(({ size }) => size !== undefined && size > 10).length;
      const odd = facts.filter(({ name }) => !/\.(log|png)$/i.test(name)).length;
      const silent = facts.filter(({ comment }) => comment.trim() === '').length;
      expect([
        counts.get('maxBytes') ?? 0,
        counts.get('type') ?? 0,
        counts.get('requireComment') ?? 0,
      ]).toEqual([...[large, odd, silent]]);
      expect(broken).toBeLessThanOrEqual(large + odd + silent);
      expect(broken).toBeGreaterThanOrEqual(Math.max(large, odd, silent));
    }),
  );
});
