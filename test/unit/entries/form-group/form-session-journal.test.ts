import { flush } from '../../../helpers/deferred';
import { keptBatch, keptUpload } from '../../../helpers/kept';
import { NetworkError } from '../../../../src/base/errors';
import type { UploadState } from '../../../../src/upload/upload';
import { STATES } from '../../../helpers/upload-states';
import { ITEM_7, pickedFile, referenceTo, uploadIn } from '../../../helpers/uploads';
import type { Stage } from './stage';
import { loaded, PICKED, stage, stageWithItem7 } from './stage';

/** Whose journal it is. */
function signIn({ host }: Stage): void {
  host.getOrganization.mockReturnValue('fabrikam');
  host.getPerson.mockReturnValue({ id: 'jamal', descriptor: '' });
}

/** A file of another frame that has to be picked again. */
const NEEDED = uploadIn({ status: 'needs-file', attempt: 1 }, { id: 'their a' });

const [FILE] = PICKED.accepted;

describe('a file that is dropped', () => {
  test('goes to the upload that waits for it, and the others are new', async () => {
    const { session, journal, test: queue, attached, intake } = await stageWithItem7();
    const other = pickedFile('b');
    queue.queue.takeUp([{ upload: NEEDED, source: undefined, session: undefined }]);
    intake.fromInput.mockResolvedValue({ ...PICKED, accepted: [FILE!, other] });
    const match = jest.spyOn(journal, 'match').mockResolvedValue(new Map([[FILE!, 'their a']]));
    session.attachPicked([]);
    await flush();
    expect(match.mock.calls).toEqual([[[FILE, other], ['their a']]]);
    expect(attached.map(([{ accepted }, target]) => [accepted, target])).toEqual([[[other], ITEM_7]]);
    expect(queue.statuses()).toBe('a.txt uploading, b uploading');
  });

  test('is new where nothing waits for it here', async () => {
    const { session, journal, test: queue, attached } = await stageWithItem7();
    const upload = { ...NEEDED, target: { kind: 'work-item', id: 8 } as const };
    queue.queue.takeUp([{ upload, source: undefined, session: undefined }]);
    const match = jest.spyOn(journal, 'match');
    session.attachPicked([]);
    await flush();
    expect(match).not.toHaveBeenCalled();
    expect(attached.map(([{ accepted }]) => accepted)).toEqual([[FILE]]);
  });

  test('goes on with what was left at once, since it may be of that', async () => {
    const test = await stageWithItem7();
    const { session, journal, attached, test: queue } = test;
    const batch = keptBatch({ uploads: [keptUpload({ id: 'their a' })] });
    jest.spyOn(session.comeBack, 'isAwaited').mockReturnValue(true);
    jest.spyOn(session.comeBack, 'goOn').mockImplementation(() => {
      queue.queue.takeUp([{ upload: NEEDED, source: undefined, session: undefined }]);
      return Promise.resolve([batch.uploads[0]!.id]);
    });
    jest.spyOn(journal, 'match').mockResolvedValue(new Map([[FILE!, 'their a']]));
    session.attachPicked([]);
    await flush();
    expect(attached.map(([{ accepted }]) => accepted)).toEqual([[]]);
    expect(queue.statuses()).toBe('a.txt uploading');
  });

  test('that goes on already from what was kept is not sent once more', async () => {
    const { session, journal, test: queue, attached } = await stageWithItem7();
    const upload = uploadIn({ status: 'queued', attempt: 1 }, { id: 'their a' });
    jest.spyOn(session.comeBack, 'isAwaited').mockReturnValue(true);
    jest.spyOn(session.comeBack, 'goOn').mockImplementation(() => {
      queue.queue.takeUp([{ upload, source: new Blob(['x'.repeat(100)]), session: undefined }]);
      return Promise.resolve(['their a']);
    });
    jest.spyOn(journal, 'match').mockResolvedValue(new Map([[FILE!, 'their a']]));
    session.attachPicked([]);
    await flush();
    expect(attached.map(([{ accepted }]) => accepted)).toEqual([[]]);
    expect(queue.transport.begun).toHaveLength(1);
  });
});

describe('a file that is dropped again', () => {
  /** It was left in this state, with its bytes. */
  async function dropAgain(state: UploadState) {
    const { session, journal, test, attached } = await stageWithItem7();
    const upload = uploadIn(state, { id: 'their a' });
    jest.spyOn(session.comeBack, 'isAwaited').mockReturnValue(true);
    jest.spyOn(session.comeBack, 'goOn').mockImplementation(() => {
      test.queue.takeUp([{ upload, source: new Blob(['x'.repeat(100)]), session: undefined }]);
      return Promise.resolve(['their a']);
    });
    jest
      .spyOn(journal, 'match')
      .mockImplementation((files, waiting) =>
        Promise.resolve(new Map(waiting.map((id, index) => [files[index]!, id]))),
      );
    session.attachPicked([]);
    await flush();
    return { statuses: test.statuses(), isNew: attached.some(([{ accepted }]) => accepted.length > 0) };
  }

  test.each([STATES.paused, STATES.failed])('lets what was $status go on', async (state) => {
    expect(await dropAgain({ ...state, ...(state.status === 'failed' && { phase: 'uploading' }) })).toEqual({
      statuses: 'a.txt uploading',
      isNew: false,
    });
  });

  test.each([{ ...STATES.failed, retryable: false }, STATES.linked, STATES.cancelled])(
    'is new where it was $status for good',
    async (state) => {
      expect((await dropAgain(state)).isNew).toBe(true);
    },
  );
});

describe('the journal', () => {
  test('is opened once it is known whose it is', async () => {
    const test = stage();
    signIn(test);
    const open = jest.spyOn(test.journal, 'open');
    await test.connectHost();
    expect(open.mock.calls).toEqual([['["fabrikam","jamal"]']]);
    expect(test.journal.state.getSnapshot().kind).toBe('browser');
  });

  test('keeps nothing where it is not', async () => {
    const test = stage();
    await test.connectHost();
    expect(test.journal.state.getSnapshot().kind).toBe('memory');
  });

  test('forgets what was attached before a person’s eyes', async () => {
    const test = await stageWithItem7();
    const forget = jest.spyOn(test.journal, 'discard');
    test.session.attachPicked([]);
    await flush();
    const { id } = test.test.upload('a');
    await test.test.finish('a');
    expect(forget.mock.calls.flat(2)).not.toContain(id);
    test.test.links[0]!.answer(5);
    await flush();
    expect(forget.mock.calls.flat(2)).toContain(id);
  });

  test('is asked what was left for the item in the form, and for none that cannot be changed', async () => {
    const test = stage();
    const show = jest.spyOn(test.session.comeBack, 'show');
    await test.connectHost();
    await test.tell(loaded(7));
    await test.tell({ type: 'unloaded', workItemId: 7 });
    await test.tell(loaded(8, { isReadOnly: true }));
    await test.tell(loaded(0));
    expect(show.mock.calls.map(([id]) => id)).toEqual([7, undefined, undefined, undefined]);
  });

  test('learns from the work item what is linked', async () => {
    const test = await stageWithItem7();
    const { session, journal } = test;
    const linked = keptUpload({ stage: 'linking', reference: referenceTo(2) });
    jest
      .spyOn(journal, 'claim')
      .mockResolvedValue([{ batch: keptBatch({ uploads: [linked] }), interrupted: [], note: undefined }]);
    jest.spyOn(journal.state, 'getSnapshot').mockReturnValue({
      kind: 'browser',
      interrupted: [keptBatch({ uploads: [linked] })],
      interruptedPlans: [],
      setAside: 0,
    });
    await session.comeBack.goOn();
    expect(session.comeBack.getSnapshot().attached).toBe(1);
  });

  test('sends nothing again before the work item was read that may have it, and asks where that fails', async () => {
    const { session, journal, tell, connectHost, reads, test: queue } = stage();
    const left = keptBatch({ uploads: [keptUpload({ isFileKept: true })] });
    const claim = jest.spyOn(journal, 'claim');
    await connectHost();
    const known = journal.state.getSnapshot();
    jest.spyOn(journal.state, 'getSnapshot').mockReturnValue({ ...known, interrupted: [left] });
    await tell(loaded(7));
    await queue.runtime.pass(60_000);
    expect(session.comeBack.getSnapshot()).toMatchObject({ stopped: new Set(), isUnseen: false });
    reads[0]!.reject(new NetworkError('No answer.'));
    await flush();
    expect(session.comeBack.getSnapshot()).toMatchObject({ stopped: new Set([7]), isUnseen: true });
    expect(claim).not.toHaveBeenCalled();
  });
});
