import { savedQueries } from 'azure-devops-emulator';
import { createCliStage } from '../../../../helpers/cli';

const { run, write } = createCliStage();

beforeEach(async () => {
  write('logs/a.txt', 'a');
  write('b.txt', 'bb');
  await run(['attach', '8', 'b.txt#why', 'logs']);
});

test('list prints the attachments of work items, with the numbers that get takes', async () => {
  const { code, out } = await run(['list', '8,9']);
  expect(code).toBe(0);
  expect(out).toMatch(
    /^\w.* 8 .*: 2 attachments\n {2}1\. b\.txt {2}2 B {2}why\n {2}2\. a\.txt {2}1 B\n\w.* 9 .*: 0 attachments\n$/,
  );
});

test('list --json prints one object for each attachment', async () => {
  const { lines } = await run(['list', '8', '--json']);
  expect(lines).toMatchObject([
    { type: 'attachment', workItemId: 8, name: 'b.txt', comment: 'why', folder: '', bytes: 2 },
    { type: 'attachment', workItemId: 8, name: 'a.txt', comment: '', folder: 'logs', bytes: 1 },
  ]);
});

test('list names a missing work item after the others', async () => {
  const { code, out, err } = await run(['list', '8', '4711']);
  expect([code, err]).toEqual([
    2,
    "Work item 4711: This work item doesn't exist, or you don't have permission to view it.\n",
  ]);
  expect(out).toContain('2 attachments');
});

test('list --query lists the results of a saved query', async () => {
  const [query] = savedQueries;
  const { code, out } = await run(['list', '--query', query?.id ?? '']);
  expect(code).toBe(0);
  expect(out).toMatch(/ 8 .*: 2 attachments/);
});
