import { flush } from '../../../helpers/deferred';
import { keptBatch, keptUpload } from '../../../helpers/kept';
import { NetworkError } from '../../../../src/base/errors';
import type { UploadState } from '../../../../src/upload/upload';
import { STATES } from '../../../helpers/upload-states';
import { ITEM_7, pickedFile, referenceTo, uploadIn, workItemWith } from '../../../helpers/uploads';
import type { Stage } from './stage';
import { loaded, PICKED, stage, stageWithItem7 } from './stage';

/** Sets the owner of the journal. */
function signIn({ host }: Stage): void {
  host.getOrganization.mockReturnValue('fabrikam');
  host.getPerson.mockReturnValue({ id: 'jamal', descriptor: '' });
}

/** An upload of another frame in need of its file. */
const NEEDED = uploadIn({ status: 'needs-file', attempt: 1 }, { id: 'their a' });

const [FILE] = PICKED.accepted;

test('FormSession reads the journal when the page is shown, but not while the person leaves it', async () => {
  const { journal, setVisible } = await stageWithItem7();
  const refresh = jest.spyOn(journal, 'refresh');
  setVisible(false);
  expect(refresh).not.toHaveBeenCalled();
  setVisible(true);
  expect(refresh).toHaveBeenCalledTimes(1);
});

describe('FormSession beside the form group', () => {
  /** Starts the session of another frame of the form with work item 7. */
  async function stageBesideGroup(): Promise<Stage> {
    const staged = stage({ isResuming: false });
    await staged.connectHost();
    await staged.tell(loaded(7));
    return staged;
  }

  test('leaves interrupted uploads to the group, but finds the upload of a picked file', async () => {
    const { session, journal, setVisible } = await stageBesideGroup();
    const claim = jest.spyOn(journal, 'claim');
    setVisible(true);
    expect(session.interruptedUploads.getSnapshot().workItemId).toBeUndefined();
    expect(claim).not.toHaveBeenCalled();
    const isAwaited = jest.spyOn(session.interruptedUploads, 'isAwaited');
    session.attachTo(PICKED, 9);
    await flush();
    expect(isAwaited).toHaveBeenCalledWith(PICKED.accepted, { kind: 'work-item', id: 9 });
  });

  test('attaches files to the work item of their arrival, once its attachments are counted', async () => {
    const { session, reads, attached, tell } = await stageBesideGroup();
    session.attachTo(PICKED, 7);
    await flush();
    expect(attached).toEqual([]);
    await tell(loaded(8));
    reads[0]!.resolve(workItemWith([1, 2]));
    await flush();
    expect(attached).toEqual([[PICKED, ITEM_7, 2]]);
  });

  test('attaches files after two seconds without the number of attachments', async () => {
    const { session, attached, test: queue } = await stageBesideGroup();
    session.attachTo(PICKED, 7);
    await queue.runtime.pass(2_000);
    expect(attached).toEqual([[PICKED, ITEM_7, 0]]);
  });
});

describe('FormSession with a picked file', () => {
  test('supplies it to the upload in need of it, and attaches the others', async () => {
    const { session, journal, test: queue, attached, intake } = await stageWithItem7();
    const other = pickedFile('b');
    queue.queue.restore([{ upload: NEEDED, source: undefined, session: undefined }]);
    intake.fromInput.mockResolvedValue({ ...PICKED, accepted: [FILE!, other] });
    const match = jest.spyOn(journal, 'match').mockResolvedValue(new Map([[FILE!, 'their a']]));
    session.attachPicked([]);
    await flush();
    expect(match.mock.calls).toEqual([[[FILE, other], ['their a']]]);
    expect(attached.map(([{ accepted }, target]) => [accepted, target])).toEqual([[[other], ITEM_7]]);
    expect(queue.statuses()).toBe('a.txt uploading, b uploading');
  });

  test('attaches it if no upload for this item needs it', async () => {
    const { session, journal, test: queue, attached } = await stageWithItem7();
    const upload = { ...NEEDED, target: { kind: 'work-item', id: 8 } as const };
    queue.queue.restore([{ upload, source: undefined, session: undefined }]);
    const match = jest.spyOn(journal, 'match');
    session.attachPicked([]);
    await flush();
    expect(match).not.toHaveBeenCalled();
    expect(attached.map(([{ accepted }]) => accepted)).toEqual([[FILE]]);
  });

  test('first resumes interrupted uploads it may belong to', async () => {
    const test = await stageWithItem7();
    const { session, journal, attached, test: queue } = test;
    const batch = keptBatch({ uploads: [keptUpload({ id: 'their a' })] });
    jest.spyOn(session.interruptedUploads, 'isAwaited').mockReturnValue(true);
    jest.spyOn(session.interruptedUploads, 'resume').mockImplementation(() => {
      queue.queue.restore([{ upload: NEEDED, source: undefined, session: undefined }]);
      return Promise.resolve([batch.uploads[0]!.id]);
    });
    jest.spyOn(journal, 'match').mockResolvedValue(new Map([[FILE!, 'their a']]));
    session.attachPicked([]);
    await flush();
    expect(attached.map(([{ accepted }]) => accepted)).toEqual([[]]);
    expect(queue.statuses()).toBe('a.txt uploading');
  });

  test('does not upload it again if its upload is resumed', async () => {
    const { session, journal, test: queue, attached } = await stageWithItem7();
    const upload = uploadIn({ status: 'queued', attempt: 1 }, { id: 'their a' });
    jest.spyOn(session.interruptedUploads, 'isAwaited').mockReturnValue(true);
    jest.spyOn(session.interruptedUploads, 'resume').mockImplementation(() => {
      queue.queue.restore([{ upload, source: new Blob(['x'.repeat(100)]), session: undefined }]);
      return Promise.resolve(['their a']);
    });
    jest.spyOn(journal, 'match').mockResolvedValue(new Map([[FILE!, 'their a']]));
    session.attachPicked([]);
    await flush();
    expect(attached.map(([{ accepted }]) => accepted)).toEqual([[]]);
    expect(queue.transport.begun).toHaveLength(1);
  });
});

describe('FormSession with a file picked again', () => {
  /** Restores an upload with its bytes in this state, and picks its file. */
  async function dropAgain(state: UploadState) {
    const { session, journal, test, attached } = await stageWithItem7();
    const upload = uploadIn(state, { id: 'their a' });
    jest.spyOn(session.interruptedUploads, 'isAwaited').mockReturnValue(true);
    jest.spyOn(session.interruptedUploads, 'resume').mockImplementation(() => {
      test.queue.restore([{ upload, source: new Blob(['x'.repeat(100)]), session: undefined }]);
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

  test.each([STATES.paused, STATES.failed])('continues an upload that was $status', async (state) => {
    expect(await dropAgain({ ...state, ...(state.status === 'failed' && { phase: 'uploading' }) })).toEqual({
      statuses: 'a.txt uploading',
      isNew: false,
    });
  });

  test.each([{ ...STATES.failed, retryable: false }, STATES.linked, STATES.cancelled])(
    'attaches it if its upload is finally $status',
    async (state) => {
      expect((await dropAgain(state)).isNew).toBe(true);
    },
  );
});

describe('FormSession with a journal', () => {
  test('opens it for the signed-in person', async () => {
    const test = stage();
    signIn(test);
    const open = jest.spyOn(test.journal, 'open');
    await test.connectHost();
    expect(open.mock.calls).toEqual([['["fabrikam","jamal"]']]);
    expect(test.journal.state.getSnapshot().kind).toBe('browser');
  });

  test('keeps it in memory without a person', async () => {
    const test = stage();
    await test.connectHost();
    expect(test.journal.state.getSnapshot().kind).toBe('memory');
  });

  test('forgets uploads after their result was visible', async () => {
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

  test('looks for interrupted uploads of the item in the form, but not of a read-only one', async () => {
    const test = stage();
    const show = jest.spyOn(test.session.interruptedUploads, 'show');
    await test.connectHost();
    await test.tell(loaded(7));
    await test.tell({ type: 'unloaded', workItemId: 7 });
    await test.tell(loaded(8, { isReadOnly: true }));
    await test.tell(loaded(0));
    expect(show.mock.calls.map(([id]) => id)).toEqual([7, undefined, undefined, undefined]);
  });

  test.each([
    ['counts files already linked to the work item', '2.txt', 1],
    ['finishes the link of a file that the work item shows with another name', 'other.txt', 0],
  ])('%s', async (_, name, attached) => {
    const test = await stageWithItem7();
    const { session, journal } = test;
    const linked = keptUpload({ name, stage: 'linking', reference: referenceTo(2) });
    jest
      .spyOn(journal, 'claim')
      .mockResolvedValue([{ batch: keptBatch({ uploads: [linked] }), interrupted: [], note: undefined }]);
    jest.spyOn(journal.state, 'getSnapshot').mockReturnValue({
      kind: 'browser',
      interrupted: [keptBatch({ uploads: [linked] })],
      interruptedPlans: [],
      setAside: 0,
    });
    await session.interruptedUploads.resume();
    expect(session.interruptedUploads.getSnapshot().attached).toBe(attached);
  });

  test('resumes nothing before the work item is read, and asks if the read fails', async () => {
    const { session, journal, tell, connectHost, reads, test: queue } = stage();
    const left = keptBatch({ uploads: [keptUpload({ isFileKept: true })] });
    const claim = jest.spyOn(journal, 'claim');
    await connectHost();
    const known = journal.state.getSnapshot();
    jest.spyOn(journal.state, 'getSnapshot').mockReturnValue({ ...known, interrupted: [left] });
    await tell(loaded(7));
    await queue.runtime.pass(60_000);
    expect(session.interruptedUploads.getSnapshot()).toMatchObject({
      stopped: new Set(),
      isUnverified: false,
    });
    reads[0]!.reject(new NetworkError('No answer.'));
    await flush();
    expect(session.interruptedUploads.getSnapshot()).toMatchObject({
      stopped: new Set([7]),
      isUnverified: true,
    });
    expect(claim).not.toHaveBeenCalled();
  });
});
