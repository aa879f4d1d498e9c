import { strToU8, zipSync } from 'fflate';
import { readOfficeAuthors } from '../../../../src/upload/rules/authors/office-authors';
import { flush } from '../../../helpers/deferred';
import { begin, fileOf, settle } from './checked-files';

const CORE = '<cp:coreProperties><dc:creator>Anna Meyer</dc:creator></cp:coreProperties>';
const DOCUMENT = zipSync({
  'docProps/core.xml': strToU8(CORE),
  'word/document.xml': strToU8('<w:document/>'),
});
const POLICY = { read: () => Promise.resolve({ policy: undefined }) };

test('The author of a document follows as a fact, and its removal uploads other bytes', async () => {
  const { give, checks, queue, notes, statuses } = begin({ policy: POLICY });
  const file = fileOf('plan.docx', DOCUMENT);
  await give([file]);
  expect(statuses()).toBe('plan.docx uploading');
  await settle(() => notes().length > 0);
  const [note] = checks.getSnapshot().notes;
  expect(note?.fact).toEqual({ kind: 'authors', names: ['Anna Meyer'], removal: 'possible' });
  note?.removeAuthors?.(note);
  await settle(() => notes()[0] === 'plan.docx authors-removed');
  const [upload] = queue.getSnapshot();
  expect(queue.getSnapshot()).toHaveLength(1);
  const sent = queue.sourceOf(upload!.id) as File;
  expect(sent).not.toBe(file.source);
  expect(sent.name).toBe('plan.docx');
  expect((await readOfficeAuthors(sent))?.names).toEqual([]);

  checks.undo(checks.getSnapshot().notes);
  await flush();
  expect(queue.sourceOf(queue.getSnapshot()[0]!.id)).toBe(file.source);
  expect(notes()).toEqual([]);
});

test('No author is shown if metadata is kept, or after a cancellation', async () => {
  const keeping = begin({ policy: POLICY }, { 'image-metadata': 'keep' });
  await keeping.give([fileOf('plan.docx', DOCUMENT)]);
  const cancelled = begin({ policy: POLICY });
  await cancelled.give([fileOf('plan.docx', DOCUMENT)]);
  cancelled.queue.cancel(cancelled.queue.getSnapshot().map(({ id }) => id));
  await settle(() => false);
  expect([...keeping.notes(), ...cancelled.notes()]).toEqual([]);
});
