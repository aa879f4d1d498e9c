import { createAgentLog } from '../../../../src/entries/task/agent-log';

function createLog() {
  const lines: string[] = [];
  return { lines, log: createAgentLog((text) => lines.push(text)) };
}

test('The log escapes the data of its commands', () => {
  const { lines, log } = createLog();
  log.fail('100%; [a]');
  log.complete('Succeeded', 'one\r\ntwo');
  expect(lines).toEqual([
    '##vso[task.logissue type=error;]100%AZP25; [a]\n',
    '##vso[task.complete result=Succeeded;]one\ufffd\ufffdtwo\n',
  ]);
});

test('The log contains no command of a text', () => {
  const { lines, log } = createLog();
  for (const print of [log.line, log.warn, log.fail]) print('a ##vso[task.complete]\n##[error]b ###vso[x]');
  expect(lines.map((line) => line.replace(/^##vso\[task\.logissue type=\w+;\]/, ''))).toEqual(
    Array(3).fill('a # #vso[task.complete]\ufffd# #[error]b # # #vso[x]\n'),
  );
});

test('The log hides secrets, also in the form of Basic authentication', () => {
  const { lines, log } = createLog();
  log.hide('s3cret');
  log.line(`a s3cret b ${Buffer.from(':s3cret').toString('base64')}`);
  expect(lines).toEqual(['a *** b ***\n']);
});

test('The log shows the first issues on the page of the run, and all of them in the log', () => {
  const { lines, log } = createLog();
  for (let index = 0; index < 30; index++) log.warn(`w${index}`);
  expect(lines.filter((line) => line.startsWith('##vso'))).toHaveLength(20);
  expect(lines.at(-1)).toBe('w29\n');
});
