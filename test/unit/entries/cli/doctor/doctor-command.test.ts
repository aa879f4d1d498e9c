import { createCliStage } from '../../../../helpers/cli';

const stage = createCliStage();
const { run } = stage;

/** Methods of the requests that may change something. */
function changes(): string[] {
  const { records } = stage.emulator().requests;
  return records
    .filter(({ method, url }) => !/^(?:GET|OPTIONS)$/.test(method) && !/wiql|validateOnly/.test(url))
    .map(({ method, url }) => `${method} ${url}`);
}

test('doctor asks the questions that change nothing', async () => {
  const { code, out, err } = await run(['doctor', '8']);
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/^Azure DevOps Services, API version 7\.1\nQuestion +Answer +Expected\n/);
  expect(out).toMatch(/May this person change the work item\? +yes +yes +agrees/);
  expect(out).toContain('batch: Asked with --yes only.');
  expect(out).toMatch(/\d+ agree, 0 differ, \d+ not answered\./);
  expect(changes()).toEqual([]);
});

test('doctor finds a work item of the project', async () => {
  const { code, lines } = await run(['doctor', '--project', 'Fabrikam', '--json']);
  expect(code).toBe(0);
  expect(lines).toContainEqual(
    expect.objectContaining({ type: 'answer', id: 'updates-list', answer: 'accept', verdict: 'agrees' }),
  );
  expect(lines.at(-1)).toMatchObject({ type: 'summary', mode: 'services', apiVersion: '7.1', exitCode: 0 });
});

test('doctor --yes asks all questions on a work item of its own, and deletes it', async () => {
  const before = stage.emulator().store.workItemIds;
  const { code, out, err } = await run(['doctor', '--project', 'Fabrikam', '--yes']);
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/Does \$batch link an upload\? +taken +taken +agrees/);
  expect(out).toMatch(/Work item \d+ was deleted\. It is in the recycle bin of the project\.\n$/);
  expect(out).toContain(' 0 differ,');
  expect(stage.emulator().store.workItemIds).toEqual(before);
});

test('doctor deletes its work item after an interruption', async () => {
  const before = stage.emulator().store.workItemIds;
  const interruption = new AbortController();
  stage.emulator().interfere('simple', () => interruption.abort());
  const { code, err } = await run(['doctor', '--project', 'Fabrikam', '--yes'], {
    signal: interruption.signal,
  });
  expect([code, err]).toEqual([130, 'Interrupted.\n']);
  expect(stage.emulator().store.workItemIds).toEqual(before);
});

test('doctor exits with 3 if the person may not change the work item', async () => {
  const { code, out } = await run(['doctor', '21']);
  expect(code).toBe(3);
  expect(out).toMatch(/May this person change the work item\? +no +yes +differs/);
});

test.each([
  [[], 64, 'Which work item, or which --project?'],
  [['--project', 'Nowhere'], 2, 'The project "Nowhere" has no work items.'],
  [['--yes'], 64, '--yes needs --project'],
  [['8', '--yes', '--project', 'Fabrikam'], 64, '--yes creates a work item of its own.'],
  [['99999'], 2, "This work item doesn't exist"],
  [['--yes', '--project', 'Nowhere'], 2, 'Could not create a work item'],
])('doctor explains %j', async (args, exitCode, words) => {
  const { code, err } = await run(['doctor', ...args]);
  expect([code, err]).toEqual([exitCode, expect.stringContaining(words)]);
});

test('doctor exits with 3 for a token that is not accepted', async () => {
  const { code } = await run(['doctor', '8'], { env: { AZURE_DEVOPS_EXT_PAT: 'wrong' } });
  expect(code).toBe(3);
});
