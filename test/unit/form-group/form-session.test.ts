import type { FormEvent, Host, RefreshOutcome } from '../../../src/host/host';
import type { FormState, OpenForm } from '../../../src/form-group/form-session';
import { createFormSession } from '../../../src/form-group/form-session';
import type { Picked } from '../../../src/intake/pick-files';
import { NetworkError, ServerError } from '../../../src/model/errors';
import type { LinkTarget, WorkItem } from '../../../src/model/work-item';
import type { Pipeline, PipelineOptions } from '../../../src/pipeline';
import type { Deferred } from '../../helpers/deferred';
import { createDeferred, flush } from '../../helpers/deferred';
import { createTestQueue } from '../../helpers/upload-queue';
import { pickedFile, workItemWith } from '../../helpers/uploads';

const NOW = new Date(2026, 1, 3, 14, 5, 12);
const PICKED: Picked = { accepted: [pickedFile('a')], rejected: [] };

type Stage = ReturnType<typeof stage>;

/** A session whose host, reads and uploads the test drives. */
function stage() {
  const test = createTestQueue();
  const reads: (Deferred<WorkItem> & { id: number })[] = [];
  const attached: [Picked, LinkTarget, number][] = [];
  const connected = createDeferred<undefined>();
  let onFormEvent!: (event: FormEvent) => void;
  let reports!: Pick<PipelineOptions, 'onLinked' | 'onRefreshed'>;
  let endPatience!: () => void;

  const host = {
    connect: jest.fn((listener: typeof onFormEvent) => {
      onFormEvent = listener;
      return connected.promise;
    }),
    loadSucceeded: jest.fn<undefined, []>(),
    getToken: jest.fn<Promise<string>, []>(),
    getBaseUrl: jest.fn<Promise<string>, []>(),
    refreshForm: jest.fn<Promise<RefreshOutcome>, [number]>(),
    getFormItemType: jest.fn(() => Promise.resolve('Bug')),
    resize: jest.fn<undefined, [number]>(),
  } satisfies Host;
  const intake = {
    fromInput: jest.fn<Promise<Picked>, [Iterable<File>]>(() => Promise.resolve(PICKED)),
    fromPaste: jest.fn<Picked, [Iterable<File>, string, Date]>(() => PICKED),
    fromDrop: jest.fn<Promise<Picked>, [DataTransfer]>(() => Promise.resolve(PICKED)),
  } satisfies Pipeline['intake'];

  const session = createFormSession({
    host,
    connect(listener) {
      reports = listener;
      return {
        intake,
        attach(picked, target, attachmentCount) {
          attached.push([picked, target, attachmentCount]);
          test.queue.add(picked.accepted, target);
        },
        queue: test.queue,
        readWorkItem(id) {
          const read = createDeferred<WorkItem>();
          reads.push({ ...read, id });
          return read.promise;
        },
      };
    },
    announce: (tell) => tell(),
    whenPatienceEnds: (callback) => (endPatience = callback),
    now: () => NOW,
  });
  void session.start();

  return {
    session,
    /** Plays an event of the form, and lets the session react. */
    tell: async (event: FormEvent): Promise<void> => {
      onFormEvent(event);
      await flush();
    },
    /** The host answers the introduction. */
    connectHost: async (): Promise<void> => {
      connected.resolve(undefined);
      await flush();
    },
    host,
    /** Reads of work items that the test answers, oldest first. */
    reads,
    /** Files were attached and the form was asked to show them. */
    linked: (workItem: WorkItem, outcome: RefreshOutcome): void => {
      reports.onLinked(workItem);
      reports.onRefreshed(workItem.id, outcome);
    },
    patienceEnds: (): void => endPatience(),
    attached,
    intake,
    test,
  };
}

function loaded(workItemId: number, facts: Partial<FormEvent & { type: 'loaded' }> = {}): FormEvent {
  return { type: 'loaded', workItemId, isNew: workItemId <= 0, isReadOnly: false, ...facts };
}

function openOn(id: number, facts: Partial<OpenForm> = {}): FormState {
  return {
    status: 'open',
    target: { kind: 'work-item', id },
    hostId: id,
    label: `Work item ${id}`,
    isReadOnly: false,
    attachmentCount: undefined,
    problem: undefined,
    notShown: undefined,
    ...facts,
  };
}

function openOnDraft(number: number, facts: Partial<OpenForm> = {}): FormState {
  return openOn(0, {
    target: { kind: 'draft', draftId: `draft ${number}` },
    label: 'New Bug',
    attachmentCount: 0,
    ...facts,
  });
}

/** A connected session with work item 7 in its form, read and found to hold two attachments. */
async function stageWithItem7(): Promise<Stage> {
  const staged = stage();
  await staged.connectHost();
  await staged.tell(loaded(7));
  staged.reads[0]!.resolve(workItemWith([1, 2]));
  await flush();
  return staged;
}

const READ_7 = openOn(7, { label: 'Bug 7', attachmentCount: 2 });

describe('the beginning', () => {
  test('is a form that is being connected to', () => {
    const { session, host } = stage();
    expect(session.getSnapshot()).toEqual({ status: 'connecting', late: false });
    expect(host.connect).toHaveBeenCalledTimes(1);
    expect(host.loadSucceeded).not.toHaveBeenCalled();
  });

  test('is over when the host has answered, which is told once', async () => {
    const { session, connectHost, host } = stage();
    await connectHost();
    expect(session.getSnapshot()).toEqual({ status: 'empty', late: false });
    expect(host.loadSucceeded).toHaveBeenCalledTimes(1);
  });

  test('may be over before the host has answered: an event is enough', async () => {
    const { session, tell, connectHost } = stage();
    await tell(loaded(7));
    expect(session.getSnapshot()).toEqual(openOn(7));
    await connectHost();
    expect(session.getSnapshot()).toEqual(openOn(7));
  });
});

describe('a host that is silent for too long', () => {
  test('is called late', () => {
    const { session, patienceEnds } = stage();
    patienceEnds();
    expect(session.getSnapshot()).toEqual({ status: 'connecting', late: true });
  });

  test('is given time anew for the item once it has answered', async () => {
    const { session, patienceEnds, connectHost } = stage();
    patienceEnds();
    await connectHost();
    expect(session.getSnapshot()).toEqual({ status: 'empty', late: false });
  });

  test('is late when it answered and never names an item', async () => {
    const { session, patienceEnds, connectHost } = stage();
    await connectHost();
    patienceEnds();
    expect(session.getSnapshot()).toEqual({ status: 'empty', late: true });
  });

  test('is forgiven when the item comes after all', async () => {
    const { session, patienceEnds, connectHost, tell } = stage();
    patienceEnds();
    await connectHost();
    await tell(loaded(7));
    expect(session.getSnapshot()).toEqual(openOn(7));
  });

  test('is not late when the item was there in time', async () => {
    const { session, patienceEnds } = await stageWithItem7();
    patienceEnds();
    expect(session.getSnapshot()).toEqual(READ_7);
  });
});

describe('an item in the form', () => {
  test('is shown at once and read', async () => {
    const { session, tell, connectHost, reads } = stage();
    await connectHost();
    await tell(loaded(7));
    expect(session.getSnapshot()).toEqual(openOn(7));
    expect(reads.map(({ id }) => id)).toEqual([7]);
  });

  test('is named and counted once it was read; other links do not count', async () => {
    const { session, tell, reads } = stage();
    await tell(loaded(7));
    const related = { rel: 'System.LinkTypes.Related', url: 'https://h/x', name: '' };
    const item = workItemWith([1, 2]);
    reads[0]!.resolve({ ...item, relations: [...item.relations, related] });
    await flush();
    expect(session.getSnapshot()).toEqual(READ_7);
  });

  test('whose type the server does not say keeps its number', async () => {
    const { session, tell, reads } = stage();
    await tell(loaded(7));
    reads[0]!.resolve(workItemWith([], { type: '' }));
    await flush();
    expect(session.getSnapshot()).toEqual(openOn(7, { attachmentCount: 0 }));
  });

  test('that is told twice stays as it is and is read again', async () => {
    const { session, tell, reads } = await stageWithItem7();
    await tell(loaded(7));
    expect(session.getSnapshot()).toEqual(READ_7);
    reads[1]!.resolve(workItemWith([1, 2, 3]));
    await flush();
    expect(session.getSnapshot()).toEqual(openOn(7, { label: 'Bug 7', attachmentCount: 3 }));
  });

  test('may become read-only', async () => {
    const { session, tell } = await stageWithItem7();
    await tell(loaded(7, { isReadOnly: true }));
    expect(session.getSnapshot()).toEqual({ ...READ_7, isReadOnly: true });
  });

  test('leaves an empty form', async () => {
    const { session, tell } = await stageWithItem7();
    await tell({ type: 'unloaded', workItemId: 7 });
    expect(session.getSnapshot()).toEqual({ status: 'empty', late: false });
  });

  test('is not closed by the leaving of another one', async () => {
    const { session, tell } = await stageWithItem7();
    await tell({ type: 'unloaded', workItemId: 8 });
    expect(session.getSnapshot()).toEqual(READ_7);
  });

  test('is not touched by undone edits', async () => {
    const { session, tell, reads } = await stageWithItem7();
    await tell({ type: 'reset', workItemId: 7 });
    expect(session.getSnapshot()).toEqual(READ_7);
    expect(reads).toHaveLength(1);
  });

  test.each(['saved', 'refreshed'] as const)('that was %s is read again', async (type) => {
    const { session, tell, reads } = await stageWithItem7();
    await tell({ type, workItemId: 7 });
    reads[1]!.resolve(workItemWith([1], { revision: 9 }));
    await flush();
    expect(session.getSnapshot()).toEqual(openOn(7, { label: 'Bug 7', attachmentCount: 1 }));
  });

  test.each(['saved', 'refreshed'] as const)('is not read again when another one was %s', async (type) => {
    const { tell, reads } = await stageWithItem7();
    await tell({ type, workItemId: 8 });
    expect(reads).toHaveLength(1);
  });
});

describe('a read that fails', () => {
  test('is told, and the next one heals it', async () => {
    const { session, tell, reads } = stage();
    await tell(loaded(7));
    reads[0]!.reject(new NetworkError('No answer.'));
    await flush();
    expect(session.getSnapshot()).toEqual(openOn(7, { problem: { kind: 'network', status: 0 } }));
    session.reload();
    reads[1]!.resolve(workItemWith([1, 2]));
    await flush();
    expect(session.getSnapshot()).toEqual(READ_7);
  });

  test('keeps what was known', async () => {
    const { session, reads } = await stageWithItem7();
    session.reload();
    reads[1]!.reject(new ServerError('work-item-missing', 'TF401232', { status: 404 }));
    await flush();
    expect(session.getSnapshot()).toEqual({ ...READ_7, problem: { kind: 'work-item-missing', status: 404 } });
  });

  test.each([
    ['nothing is in the form', undefined],
    ['a new item is', loaded(0)],
  ])('is not repeated while %s', async (_, event) => {
    const { session, tell, connectHost, reads } = stage();
    await connectHost();
    if (event) await tell(event);
    session.reload();
    expect(reads).toHaveLength(0);
  });
});

describe('a late answer', () => {
  test.each(['answer', 'failure'])('as %s for an item no longer shown is not heard', async (late) => {
    const { session, tell, reads } = stage();
    await tell(loaded(7));
    await tell({ type: 'unloaded', workItemId: 7 });
    await tell(loaded(8));
    if (late === 'answer') reads[0]!.resolve(workItemWith([1]));
    else reads[0]!.reject(new NetworkError('No answer.'));
    await flush();
    expect(session.getSnapshot()).toEqual(openOn(8));
  });

  test('does not undo what a newer one told', async () => {
    const { session, tell, reads, linked } = stage();
    await tell(loaded(7));
    linked(workItemWith([1, 2, 3]), 'refreshed');
    reads[0]!.resolve(workItemWith([1, 2]));
    await flush();
    expect(session.getSnapshot()).toMatchObject({ attachmentCount: 3 });
  });
});

describe('files', () => {
  test('go to the item in the form, with what is known of its attachments', async () => {
    const { session, attached, intake } = await stageWithItem7();
    const files = [new File([], 'a')];
    session.attachPicked(files);
    await flush();
    expect(intake.fromInput.mock.calls).toEqual([[files]]);
    expect(attached).toEqual([[PICKED, { kind: 'work-item', id: 7 }, 2]]);
  });

  test('go there before the item was read', async () => {
    const { session, tell, attached } = stage();
    await tell(loaded(7));
    session.attachPicked([]);
    await flush();
    expect(attached).toEqual([[PICKED, { kind: 'work-item', id: 7 }, 0]]);
  });

  test('that are pasted are named by item and time', async () => {
    const { session, intake, attached } = await stageWithItem7();
    session.attachPasted([]);
    expect(intake.fromPaste.mock.calls).toEqual([[[], 'Bug 7', NOW]]);
    expect(attached).toHaveLength(1);
  });

  test('that are dropped go to the item of that moment, however long the folders take', async () => {
    const { session, tell, intake, attached } = await stageWithItem7();
    const reading = createDeferred<Picked>();
    intake.fromDrop.mockReturnValue(reading.promise);
    session.attachDropped({} as DataTransfer);
    await tell({ type: 'unloaded', workItemId: 7 });
    await tell(loaded(8));
    reading.resolve(PICKED);
    await flush();
    expect(attached).toEqual([[PICKED, { kind: 'work-item', id: 7 }, 2]]);
  });

  test.each<[string, Partial<OpenForm>]>([['read-only', { isReadOnly: true }]])(
    'are not taken by a form that is %s',
    async (_, facts) => {
      const { session, tell, intake } = await stageWithItem7();
      await tell(loaded(7, facts));
      session.attachDropped({} as DataTransfer);
      session.attachPasted([]);
      expect(intake.fromDrop).not.toHaveBeenCalled();
      expect(intake.fromPaste).not.toHaveBeenCalled();
    },
  );

  test('are not taken where the item itself could not be read for want of a session', async () => {
    const { session, tell, reads, intake } = await stageWithItem7();
    await tell({ type: 'refreshed', workItemId: 7 });
    reads.at(-1)!.reject(new ServerError('signed-out', 'The sign-in page.'));
    await flush();
    session.attachDropped({} as DataTransfer);
    expect(intake.fromDrop).not.toHaveBeenCalled();
  });

  test('on their way stay with their item when the form moves on', async () => {
    const { session, tell, test } = await stageWithItem7();
    session.attachPicked([]);
    await flush();
    await flush();
    await tell({ type: 'unloaded', workItemId: 7 });
    await tell(loaded(8));
    await test.finish('a');
    expect(test.links.map(({ workItemId }) => workItemId)).toEqual([7]);
  });

  test.each([
    ['read-only', loaded(7, { isReadOnly: true })],
    ['read-only and new', loaded(0, { isReadOnly: true })],
    ['empty', undefined],
  ])('are not taken by a form that is %s', async (_, event) => {
    const { session, tell, connectHost, attached } = stage();
    await connectHost();
    if (event) await tell(event);
    session.attachPicked([]);
    await flush();
    session.attachPasted([]);
    session.attachDropped({} as DataTransfer);
    await flush();
    expect(attached).toEqual([]);
  });
});

describe('files that were attached', () => {
  test.each<[RefreshOutcome, OpenForm['notShown']]>([
    ['refreshed', undefined],
    ['unsaved-edits', 'unsaved-edits'],
    ['other-item', 'other-item'],
    ['failed', 'failed'],
  ])('and a form that is %s: not shown because of %s', async (refresh, notShown) => {
    const { session, linked } = await stageWithItem7();
    linked(workItemWith([1, 2, 3]), refresh);
    expect(session.getSnapshot()).toEqual(openOn(7, { label: 'Bug 7', attachmentCount: 3, notShown }));
  });

  test.each<FormEvent>([{ type: 'refreshed', workItemId: 7 }, { type: 'saved', workItemId: 7 }, loaded(7)])(
    'are shown by the form after %j',
    async (event) => {
      const { session, linked, tell } = await stageWithItem7();
      linked(workItemWith([1, 2, 3]), 'unsaved-edits');
      await tell(event);
      expect(session.getSnapshot()).toMatchObject({ notShown: undefined, attachmentCount: 3 });
    },
  );

  test('to an item no longer shown change nothing', async () => {
    const { session, tell, linked } = await stageWithItem7();
    await tell({ type: 'unloaded', workItemId: 7 });
    await tell(loaded(8));
    linked(workItemWith([1, 2, 3]), 'unsaved-edits');
    expect(session.getSnapshot()).toEqual(openOn(8));
  });
});

describe('a new item', () => {
  test.each([
    ['0', loaded(0)],
    ['a negative number', loaded(-3)],
    ['a number of its own', loaded(7, { isNew: true })],
    ['no number', loaded(undefined as unknown as number, { isNew: false })],
  ])('told with %s is a draft without a read', async (_, event) => {
    const { session, tell, reads } = stage();
    await tell(event);
    expect(session.getSnapshot()).toEqual(openOnDraft(1, { hostId: event.workItemId }));
    expect(reads).toHaveLength(0);
  });

  test('whose type the host does not say has a name all the same', async () => {
    const { session, tell, host } = stage();
    host.getFormItemType.mockResolvedValue('');
    await tell(loaded(0));
    expect(session.getSnapshot()).toEqual(openOnDraft(1, { label: 'New work item' }));
  });

  test('that is told twice is one draft', async () => {
    const { session, tell } = stage();
    await tell(loaded(0));
    await tell(loaded(0));
    expect(session.getSnapshot()).toEqual(openOnDraft(1));
  });

  test('whose type comes late does not name what is shown then', async () => {
    const { session, tell, host } = stage();
    const type = createDeferred<string>();
    host.getFormItemType.mockReturnValue(type.promise);
    await tell(loaded(0));
    await tell({ type: 'unloaded', workItemId: 0 });
    await tell(loaded(7));
    type.resolve('Bug');
    await flush();
    expect(session.getSnapshot()).toEqual(openOn(7));
  });

  /** A draft with one file that was sent and waits for the save. */
  async function stageWithDraft(): Promise<Stage> {
    const staged = stage();
    await staged.connectHost();
    await staged.tell(loaded(0));
    staged.session.attachPicked([]);
    await flush();
    await staged.test.finish('a');
    return staged;
  }

  test.each<[string, FormEvent]>([
    ['saved', { type: 'saved', workItemId: 12 }],
    ['loaded', loaded(12)],
  ])('that is told to be %s with a number gets its files there', async (_, event) => {
    const { session, tell, reads, test } = await stageWithDraft();
    expect(test.statuses()).toBe('a waiting-for-save');
    await tell(event);
    expect(test.links.map(({ workItemId }) => workItemId)).toEqual([12]);
    expect(session.getSnapshot()).toEqual(openOn(12));
    expect(reads.map(({ id }) => id)).toEqual([12]);
  });

  test('that is told both ways gets its files once', async () => {
    const { tell, test } = await stageWithDraft();
    await tell({ type: 'saved', workItemId: 12 });
    await tell(loaded(12));
    expect(test.links).toHaveLength(1);
  });

  test('whose save is told without a number stays a draft', async () => {
    const { session, tell, test } = await stageWithDraft();
    await tell({ type: 'saved', workItemId: 0 });
    expect(session.getSnapshot()).toEqual(openOnDraft(1));
    expect(test.links).toHaveLength(0);
  });

  test('that is closed without being saved attaches its files to nothing, also not to the next item', async () => {
    const { session, tell, test } = await stageWithDraft();
    await tell({ type: 'unloaded', workItemId: 0 });
    expect(session.getSnapshot()).toEqual({ status: 'empty', late: false });
    expect(test.upload('a').state).toMatchObject({ status: 'failed', problem: { kind: 'work-item-closed' } });
    await tell(loaded(8));
    expect(test.links).toHaveLength(0);
  });

  test.each([0, -1, 12, undefined as unknown as number])(
    'is left with whatever number the host has for it: %s',
    async (leftAs) => {
      const { session, tell, test } = stage();
      await tell(loaded(leftAs === 12 ? 12 : -1, { isNew: true }));
      const target = { kind: 'draft', draftId: 'draft 1' } as const;
      test.queue.add([pickedFile('a')], target);
      await tell({ type: 'unloaded', workItemId: leftAs });
      expect(session.getSnapshot()).toEqual({ status: 'empty', late: false });
      expect(test.upload('a').state).toMatchObject({
        status: 'failed',
        problem: { kind: 'work-item-closed' },
      });
    },
  );

  test('is not left by the late leaving of the item before it', async () => {
    const { session, tell } = await stageWithItem7();
    await tell(loaded(0));
    await tell({ type: 'unloaded', workItemId: 7 });
    expect(session.getSnapshot()).toEqual(openOnDraft(1));
  });

  test('is not saved by the late save of the item before it', async () => {
    const { session, tell, test } = await stageWithItem7();
    await tell({ type: 'unloaded', workItemId: 7 });
    await tell(loaded(0));
    test.queue.add([pickedFile('a')], { kind: 'draft', draftId: 'draft 1' });
    await tell({ type: 'saved', workItemId: 7 });
    expect(session.getSnapshot()).toEqual(openOnDraft(1));
    expect(test.upload('a').target).toEqual({ kind: 'draft', draftId: 'draft 1' });
  });

  test('is over when a known item is loaded in its place without a word', async () => {
    const { tell, test } = await stageWithItem7();
    await tell(loaded(0));
    test.queue.add([pickedFile('a')], { kind: 'draft', draftId: 'draft 1' });
    await tell(loaded(7));
    expect(test.upload('a').state).toMatchObject({ status: 'failed', problem: { kind: 'work-item-closed' } });
  });

  test('that leaves by its first number was saved, and the next item gets nothing of it', async () => {
    const { session, tell, test } = await stageWithDraft();
    await tell({ type: 'unloaded', workItemId: 31 });
    expect(session.getSnapshot()).toEqual({ status: 'empty', late: false });
    await tell(loaded(9));
    expect(test.links.map(({ workItemId }) => workItemId)).toEqual([31]);
  });

  test('of another number, without a word about the first, is another draft', async () => {
    const { session, tell, test } = stage();
    await tell(loaded(-1));
    test.queue.add([pickedFile('a')], { kind: 'draft', draftId: 'draft 1' });
    await tell(loaded(-2));
    expect(session.getSnapshot()).toEqual(openOnDraft(2, { hostId: -2 }));
    expect(test.upload('a').state).toMatchObject({ status: 'failed', problem: { kind: 'work-item-closed' } });
  });

  test('after another one is another draft', async () => {
    const { session, tell } = await stageWithDraft();
    await tell({ type: 'unloaded', workItemId: 0 });
    await tell(loaded(0));
    expect(session.getSnapshot()).toEqual(openOnDraft(2));
  });
});

test('whoever watches is told of each change', async () => {
  const { session, tell, reads } = stage();
  const seen: string[] = [];
  const leave = session.subscribe(() => seen.push(session.getSnapshot().status));
  await tell(loaded(7));
  reads[0]!.resolve(workItemWith([]));
  await flush();
  leave();
  await tell({ type: 'unloaded', workItemId: 7 });
  expect(seen).toEqual(['open', 'open']);
});
