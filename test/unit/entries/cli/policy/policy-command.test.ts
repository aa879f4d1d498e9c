import { createCliStage } from '../../../../helpers/cli';

const { run, write } = createCliStage();

beforeEach(async () => {
  write('a.txt', 'a');
  write('b.log', 'bbbb');
  write('policy.json', JSON.stringify({ version: 1, maxBytes: 3, block: ['txt'] }));
  await run(['attach', '8', 'a.txt', 'b.log#why']);
});

test('policy check names each broken rule and fails', async () => {
  const { code, out, err } = await run(['policy', 'check', '--policy', 'policy.json', '8,9']);
  expect([code, err]).toEqual([4, '2 files checked: the policy is broken 2 times.\n']);
  expect(out).toMatch(
    /^\w.* 8 a\.txt: This project doesn't allow files of type “txt”\.\n\w.* 8 b\.log: This project allows files up to 3 B\. This file has 4 B\.\n$/,
  );
});

test('policy check --json prints one object for each broken rule', async () => {
  const { lines } = await run(['policy', 'check', '--policy', 'policy.json', '8', '--json']);
  expect(lines).toMatchObject([
    { type: 'policy-break', workItemId: 8, name: 'a.txt', rule: 'type' },
    { type: 'policy-break', workItemId: 8, name: 'b.log', rule: 'maxBytes' },
  ]);
});

test('policy check succeeds for files that follow the policy', async () => {
  write('mild.json', JSON.stringify({ version: 1, maxFiles: 2 }));
  const { code, out, err } = await run(['policy', 'check', '--policy', 'mild.json', '8']);
  expect([code, out, err]).toEqual([0, '', '2 files checked: all follow the policy.\n']);
});

test('policy check counts attachments in their order', async () => {
  write('few.json', JSON.stringify({ version: 1, maxFiles: 1 }));
  const { code, out } = await run(['policy', 'check', '--policy', 'few.json', '8']);
  expect(code).toBe(4);
  expect(out).toMatch(/ b\.log: This project allows 1 attachment on a work item\.\n$/);
});

test('policy check --since leaves out older files', async () => {
  const { code, err } = await run([
    'policy',
    'check',
    '--policy',
    'policy.json',
    '8',
    '--since',
    '2100-01-01',
  ]);
  expect([code, err]).toEqual([0, '0 files checked: all follow the policy.\n']);
});

test('policy check names a missing work item', async () => {
  write('mild.json', JSON.stringify({ version: 1 }));
  const { code, err } = await run(['policy', 'check', '--policy', 'mild.json', '4711']);
  expect(code).toBe(2);
  expect(err).toContain("Work item 4711: This work item doesn't exist");
});

test('policy check names each place of a policy that it cannot read', async () => {
  write('wrong.json', JSON.stringify({ version: 1, maxBytes: '3', secrets: 'hide' }));
  const { code, err } = await run(['policy', 'check', '--policy', 'wrong.json', '8']);
  expect(code).toBe(64);
  expect(err).toContain('wrong.json is not a policy.');
  expect(err).toContain('maxBytes: "3" isn\'t possible here.');
  expect(err).toContain('secrets: "hide" isn\'t possible here.');
});

test('policy check names members that it does not know', async () => {
  write('new.json', JSON.stringify({ version: 1, quota: 'split' }));
  const { code, err } = await run(['policy', 'check', '--policy', 'new.json', '8']);
  expect(code).toBe(0);
  expect(err).toContain('new.json: "quota" is unknown and ignored.\n');
});

test.each([
  [['policy', '8'], 'The only action is "check".'],
  [['policy', 'check', '--policy', 'policy.json'], 'Which work items?'],
  [['policy', 'check', '--policy', 'gone.json', '8'], "gone.json can't be read."],
  [['policy', 'check', '--policy', 'policy.json', '8', '--since', 'May'], '--since: "May" is not a date.'],
])('%j is refused with a reason', async (args, reason) => {
  const { code, err } = await run(args);
  expect(code).toBe(64);
  expect(err).toContain(reason);
});
