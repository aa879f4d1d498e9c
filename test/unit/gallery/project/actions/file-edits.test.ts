import { editParts } from '../../../../../src/gallery/split/split-edits';
import type { AttachmentOfItem } from '../../../../../src/azure/work-item';
import { NetworkError } from '../../../../../src/base/errors';
import { createFileEdits } from '../../../../../src/gallery/project/actions/file-edits';
import { toAttachedFile } from '../../../../../src/gallery/project/session/hub-files';
import { createAttachmentEditor } from '../../../../../src/upload/link/edit-attachments';
import { createLinker } from '../../../../../src/upload/link/link-attachments';
import { renameAttachment } from '../../../../../src/upload/link/rename-attachments';
import { flush, rejectionOf } from '../../../../helpers/deferred';
import { createFakeProjectIndex } from '../../../../helpers/project-index';
import { guid } from '../../../../helpers/uploads';
import { begin as beginWithItems, numbersOf } from '../clean-up/begin';

const TARGET = { id: 9, type: 'Bug', title: 'Other', state: 'New' };

/** Two files on work item 7, one on 8; work item 9 is the target. */
function begin() {
  const {
    service,
    services,
    runtime,
    files: found,
  } = beginWithItems({ attached: { 7: [1, 2], 8: [3], 9: [] } });
  const index = createFakeProjectIndex(found);
  /** Commands of the index, and clearings of the selection, in order. */
  const events: string[] = [];
  const opened: (readonly AttachmentOfItem[])[] = [];
  const editor = createAttachmentEditor(services);
  const linker = createLinker(services);
  const isDown = { value: false };
  const unlessDown = <Result>(task: () => Promise<Result>): Promise<Result> =>
    isDown.value ? Promise.reject(new NetworkError('down')) : task();
  const edits = createFileEdits({
    attachments: {
      read: (id) => services.workItems.read(id),
      readMany: services.manyWorkItems.readMany,
      findByTitle: () => Promise.resolve([]),
      getBaseUrl: () => Promise.resolve('https://dev.azure.com/fabrikam/'),
      link: (...order) => unlessDown(() => linker.link(...order)),
      remove: (...order) => unlessDown(() => editor.remove(...order)),
      rename: (...order) => unlessDown(() => renameAttachment(services, ...order)),
      editParts: (...order) => unlessDown(() => editParts(services, ...order)),
    },
    index: {
      onItemChanged(...ids) {
        events.push(`changed ${ids.join(' ')}`);
        return Promise.resolve();
      },
    },
    selectNone: () => void events.push('clear selection'),
    openBulkPanel: (_ids, attached = []) => void opened.push(attached),
    runtime,
  });
  const files = found.map(toAttachedFile);
  const numbers = () => [7, 8, 9].map((id) => numbersOf(service, id));
  const names = () => service.item(7).relations.map(({ name }) => name);
  return { index, edits, files, events, opened, numbers, names, isDown };
}

describe('FileEdits', () => {
  test('moves files of several work items, clears the selection first, and undoes it', async () => {
    const { edits, files, events, numbers } = begin();
    await edits.transfers.start(files, TARGET, true);
    expect(numbers()).toEqual([[], [], [1, 2, 3]]);
    expect(events).toEqual(['clear selection', 'changed 9 7 8']);
    await edits.transfers.undo();
    expect(numbers()).toEqual([[1, 2], [3], []]);
    expect(events.slice(2)).toEqual(['clear selection', 'changed 7 8 9']);
  });

  test('copies files, and tells the index about the target alone', async () => {
    const { edits, files, events, numbers } = begin();
    await edits.transfers.start(files.slice(0, 1), TARGET, false);
    expect(numbers()).toEqual([[1, 2], [3], [1]]);
    expect(events).toEqual(['clear selection', 'changed 9']);
  });

  test('renames a file, and gives the old name back on undo', async () => {
    const { edits, files, events, names } = begin();
    await edits.renames.rename(files[0]!, 'first.txt');
    expect(names()).toEqual(['first.txt', '2.txt']);
    expect(events).toEqual(['clear selection', 'changed 7']);
    await edits.renames.undo();
    expect(names()).toEqual(['1.txt', '2.txt']);
    expect(events.slice(2)).toEqual(['clear selection', 'changed 7']);
  });

  test('keeps the selection and the index after a failure, and names file and work item', async () => {
    const { edits, files, events, numbers, isDown } = begin();
    isDown.value = true;
    await edits.transfers.start(files.slice(0, 1), TARGET, true);
    expect(edits.state.getSnapshot()).toMatchObject({
      busy: new Set(),
      errors: [{ problem: { kind: 'network' }, name: '1.txt', workItem: { id: 9 } }],
    });
    expect(await rejectionOf(edits.renames.rename(files[0]!, 'first.txt'))).toMatchObject({
      kind: 'network',
    });
    await flush();
    expect(numbers()).toEqual([[1, 2], [3], []]);
    expect(events).toEqual([]);
    edits.dismissErrors();
    expect(edits.state.getSnapshot().errors).toEqual([]);
  });

  test('opens the panel with files as attachments of their work items', () => {
    const { edits, files, opened } = begin();
    edits.attachToMore(files.slice(1));
    expect(opened).toEqual([
      [
        { workItemId: 7, attachmentId: guid(2) },
        { workItemId: 8, attachmentId: guid(3) },
      ],
    ]);
  });
});
