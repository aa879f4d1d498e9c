import { createTaskStage } from '../../../helpers/task';

const { write, runHere, attachedTo } = createTaskStage({ mode: 'server' });

test('The task attaches files on a server, in a collection behind a path', async () => {
  write('a.png', 'picture');
  const { result, issues } = await runHere({ inputs: { workItems: '8', fromRun: 'true', files: '*.png' } });
  expect([result, issues]).toEqual(['Succeeded', []]);
  expect([attachedTo(8), attachedTo(9)]).toEqual([['a.png 7'], ['a.png 7']]);
});
