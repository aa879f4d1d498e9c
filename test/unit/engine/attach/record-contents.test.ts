import { recordingContents } from '../../../../src/engine/attach/record-contents';
import type { Journal } from '../../../../src/upload/recovery/journal/journal';
import type { KnownContent, KnownContents } from '../../../../src/upload/recovery/journal/known-contents';
import type { Upload } from '../../../../src/upload/upload';
import { NO_JOURNAL } from '../../../../src/upload/upload-journal';
import { createDeferred } from '../../../helpers/deferred';
import { STATES } from '../../../helpers/upload-states';
import { guid, referenceTo } from '../../../helpers/uploads';

/** SHA-256 of `abc`: FIPS 180-2, appendix B.1. */
const ABC = { size: 3, sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' };

function begin() {
  const known = new Map<string, KnownContent>();
  const stored = createDeferred<undefined>();
  const contents: KnownContents = {
    find: (id) => known.get(id),
    add(id, content) {
      known.set(id, content);
      return stored.promise;
    },
  };
  const journal = recordingContents(NO_JOURNAL as Journal, contents);
  const upload = { id: 'upload-1', state: STATES.uploaded } as unknown as Upload;
  return { known, stored, journal, upload };
}

test('recordingContents hashes a file as soon as it is stored', async () => {
  const { known, journal, upload } = begin();
  journal.create([upload], new Map([[upload.id, new Blob(['abc'])]]));
  journal.update(upload);
  while (known.size === 0) await new Promise(setImmediate);
  expect(known).toEqual(new Map([[guid(1), ABC]]));
});

test('recordingContents waits for the record of a file before it is linked', async () => {
  const { stored, journal, upload } = begin();
  journal.create([upload], new Map([[upload.id, new Blob(['abc'])]]));
  journal.update(upload);
  let isFlushed = false;
  const flushed = journal.whenFlushed([upload.id]).then(() => (isFlushed = true));
  await new Promise(setImmediate);
  expect(isFlushed).toBe(false);
  stored.resolve(undefined);
  expect(await flushed).toBe(true);
});

test('recordingContents records the content of a file that was picked and stored again', async () => {
  const { known, stored, journal, upload } = begin();
  stored.resolve(undefined);
  journal.create([upload], new Map([[upload.id, new Blob(['old'])]]));
  journal.update(upload);
  journal.updateFile(upload.id, new Blob(['abc']));
  journal.update({ ...upload, state: { ...STATES.uploaded, reference: referenceTo(2) } });
  await journal.whenFlushed([upload.id]);
  expect(known.get(guid(2))).toEqual(ABC);
});
