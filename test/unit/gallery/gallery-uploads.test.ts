import { NetworkError } from '../../../src/base/errors';
import { createStateStore } from '../../../src/base/store';
import type { GalleryState } from '../../../src/gallery/gallery-state';
import { createGalleryUploads } from '../../../src/gallery/uploads/gallery-uploads';
import type { FormSession } from '../../../src/upload/form/form-session';
import type { Picked } from '../../../src/upload/intake/intake';
import type { Upload } from '../../../src/upload/upload';
import { createDeferred, flush } from '../../helpers/deferred';
import { createFakeRuntime } from '../../helpers/fake-runtime';
import { pickedFile, referenceTo, uploadIn } from '../../helpers/uploads';

const PICKED: Picked = { accepted: [pickedFile('a')], rejected: [] };
const TRANSFER = {} as DataTransfer;

/** Uploads of a gallery that shows Bug 7; the session loads when the test says so. */
function begin() {
  const gallery = {
    state: { status: 'open', workItemId: 7, isReadOnly: false, members: [{ workItemId: 7, type: 'Bug' }] },
    getSnapshot: () => gallery.state as unknown as GalleryState,
    readAgain: jest.fn<undefined, []>(),
  };
  const queue = createStateStore<readonly Upload[]>([], { notify: 'at-once' });
  const attachTo = jest.fn<undefined, [Picked, number, boolean]>();
  const session = { queue, attachTo } as unknown as FormSession;
  const loads: ReturnType<typeof createDeferred<FormSession>>[] = [];
  const intake = {
    fromInput: jest.fn<Promise<Picked>, [Iterable<File>]>(() => Promise.resolve(PICKED)),
    fromPaste: jest.fn<Picked, [Iterable<File>, string, Date]>(() => PICKED),
    fromDrop: jest.fn<Promise<Picked>, [DataTransfer]>(() => Promise.resolve(PICKED)),
  };
  const uploads = createGalleryUploads({
    gallery,
    intake,
    load() {
      const deferred = createDeferred<FormSession>();
      loads.push(deferred);
      return deferred.promise;
    },
    runtime: createFakeRuntime(),
  });
  return { uploads, gallery, queue, attachTo, session, loads, intake };
}

describe('GalleryUploads', () => {
  test('captures the work item at the drop, before anything is loaded', async () => {
    const { uploads, gallery, attachTo, session, loads, intake } = begin();
    uploads.attachDropped(TRANSFER);
    // The browser empties the transfer after the event.
    expect(intake.fromDrop).toHaveBeenCalledWith(TRANSFER);
    gallery.state = { ...gallery.state, workItemId: 8 };
    uploads.attachPicked([]);
    loads[0]!.resolve(session);
    await flush();
    expect(loads).toHaveLength(1);
    expect(attachTo.mock.calls).toEqual([
      [PICKED, 7, false],
      [PICKED, 8, false],
    ]);
    expect(uploads.getSnapshot()).toEqual({ session, waiting: 0, problem: undefined });
  });

  test('names a pasted picture after the work item', async () => {
    const { uploads, intake, attachTo, session, loads } = begin();
    uploads.attachPasted([]);
    loads[0]!.resolve(session);
    await flush();
    expect(intake.fromPaste).toHaveBeenCalledWith([], 'Bug 7', expect.any(Date));
    expect(attachTo.mock.calls).toEqual([[PICKED, 7, true]]);
  });

  test.each([{ isReadOnly: true }, { status: 'new' }, { status: 'empty' }])(
    'takes no files while the gallery is %o',
    (facts) => {
      const { uploads, gallery, loads, intake } = begin();
      gallery.state = { ...gallery.state, ...facts };
      uploads.attachDropped(TRANSFER);
      uploads.attachPicked([]);
      uploads.attachPasted([]);
      expect([loads.length, intake.fromDrop.mock.calls.length]).toEqual([0, 0]);
    },
  );

  test('keeps the files when the session cannot be loaded, and attaches them after a retry', async () => {
    const { uploads, attachTo, session, loads } = begin();
    uploads.attachPicked([]);
    loads[0]!.reject(new NetworkError('down'));
    await flush();
    expect(uploads.getSnapshot()).toMatchObject({ waiting: 1, problem: { kind: 'network' } });
    uploads.retry();
    loads[1]!.resolve(session);
    await flush();
    expect(attachTo.mock.calls).toEqual([[PICKED, 7, false]]);
    expect(uploads.getSnapshot().problem).toBeUndefined();
  });

  test('reads the files of the gallery again after each link', async () => {
    const { uploads, gallery, queue, session, loads } = begin();
    uploads.attachPicked([]);
    loads[0]!.resolve(session);
    await flush();
    queue.setState([uploadIn({ status: 'linked', reference: referenceTo(1), revision: 2 })]);
    expect(gallery.readAgain).toHaveBeenCalledTimes(1);
  });
});
