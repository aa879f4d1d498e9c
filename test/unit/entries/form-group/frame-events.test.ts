import type { FormEvent } from '../../../../src/azure/host/host';
import { shareFormEvents } from '../../../../src/upload/form/frame-events';

function stage() {
  let tell: (event: FormEvent) => void = () => undefined;
  const { connect, follow } = shareFormEvents({
    connect: (listener) => {
      tell = listener;
      return Promise.resolve();
    },
  });
  return { connect, tell: (event: FormEvent) => tell(event), follow };
}

const loaded = (workItemId: number): FormEvent => ({
  ...{ type: 'loaded', workItemId, isNew: workItemId <= 0, isReadOnly: false },
});
const plain = (type: 'changed' | 'saved' | 'unloaded', workItemId: number): FormEvent => ({
  type,
  workItemId,
});

test('shareFormEvents replays the current work item to a late subscriber, then all new events', async () => {
  const { connect, tell, follow } = stage();
  const first: FormEvent[] = [];
  await connect((event) => first.push(event));
  tell(loaded(6));
  tell(plain('unloaded', 6));
  tell(loaded(-1));
  tell(plain('changed', -1));
  tell(plain('saved', 7));
  tell(plain('saved', 7));
  const second: FormEvent[] = [];
  follow((event) => second.push(event));
  expect(second).toEqual([loaded(-1), plain('saved', 7)]);
  tell(plain('changed', 7));
  expect([second.at(-1), first.at(-1)]).toEqual([plain('changed', 7), plain('changed', 7)]);
  expect(first).toHaveLength(7);
});

test('shareFormEvents replays the unload if no work item is shown', async () => {
  const { connect, tell, follow } = stage();
  await connect(() => undefined);
  tell(loaded(6));
  tell(plain('unloaded', 6));
  const second: FormEvent[] = [];
  follow((event) => second.push(event));
  expect(second).toEqual([plain('unloaded', 6)]);
});
