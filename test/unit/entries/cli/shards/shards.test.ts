import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCliStage, sha256 } from '../../../../helpers/cli';

const stage = createCliStage();
const { folder, run, runBare, write, attachedTo } = stage;
const IDS = [7, 8, 9, 12];

beforeEach(() => {
  const rows = IDS.flatMap((id) => [1, 2, 3].map((index) => `${id},files/${id}-${index}.txt`));
  write('list.csv', `Work item,File\n${rows.join('\n')}\n`);
  for (const id of IDS) for (const index of [1, 2, 3]) write(`files/${id}-${index}.txt`, `${id} ${index}`);
});

test('plan --shards cuts a migration that four processes run, and report merges their results', async () => {
  const before = new Map(IDS.map((id) => [id, attachedTo(id).length]));
  const planned = await run(['plan', '--manifest', 'list.csv', '--shards', '4', '--out', 'shards', '--json']);
  expect(planned.code).toBe(0);
  expect(planned.lines.filter(({ type }) => type === 'shard')).toMatchObject(
    [1, 2, 3, 4].map(() => ({ files: 3, workItems: 1 })),
  );
  const lists = readdirSync(join(folder, 'shards')).sort();
  expect(lists).toEqual(['shard-1.csv', 'shard-2.csv', 'shard-3.csv', 'shard-4.csv']);
  await Promise.all(
    lists.map(async (list) => {
      const { code, out } = await run(['attach', '--manifest', `shards/${list}`, '--json']);
      expect(code).toBe(0);
      writeFileSync(join(folder, `${list}.jsonl`), out);
    }),
  );
  for (const id of IDS)
    expect(attachedTo(id).slice(before.get(id))).toEqual(
      [1, 2, 3].map((index) => `${id}-${index}.txt ${sha256(`${id} ${index}`)}`),
    );
  const results = lists.map((list) => `${list}.jsonl`);
  const report = await runBare(['report', ...results, '--out', 'report.csv', '--json']);
  expect([report.code, report.lines]).toEqual([
    0,
    [
      {
        type: 'summary',
        files: 12,
        attached: 12,
        alreadyAttached: 0,
        skipped: 0,
        failed: 0,
        incomplete: 0,
        exitCode: 0,
      },
    ],
  ]);
  expect(readFileSync(join(folder, 'report.csv'), 'utf8').split('\n')).toHaveLength(14);
});

test('report names failures and processes that did not end', async () => {
  const failure = {
    type: 'file',
    outcome: 'failed',
    workItemId: 7,
    file: 'a',
    name: 'a',
    reason: 'attachment-limit',
    explanation: 'Full.',
  };
  write('full.jsonl', `${JSON.stringify(failure)}\n${JSON.stringify({ type: 'summary' })}\n`);
  const full = await runBare(['report', 'full.jsonl']);
  expect([full.code, full.err]).toEqual([4, 'a → 7: not attached. Full.\n']);
  write('cut.jsonl', `${JSON.stringify({ ...failure, outcome: 'attached' })}\n{"type":"fi`);
  const cut = await runBare(['report', 'cut.jsonl']);
  expect([cut.code, cut.err]).toEqual([2, 'cut.jsonl: the command did not end. Run it again.\n']);
});

test.each([
  ['plan', '8', 'a.png', '--shards', '4'],
  ['plan', '8', 'a.png', '--shards', '0', '--out', 'x'],
  ['report'],
])('wrong arguments are refused: %s %s', async (...args) => {
  expect((await run(args)).code).toBe(64);
});
