import { partsOf } from '../../../gallery/model/attached-file';
import { createAttachmentEditor } from '../../../upload/link/edit-attachments';
import { defineTool, NUMBER, readItem } from './tool';
import { ToolError } from './tool-error';

/** Files of one call. */
const MAX_FILES = 20;

/** `remove_files` */
export const removeFiles = defineTool<{ readonly item: number; readonly numbers: readonly number[] }>({
  name: 'remove_files',
  description: 'By number',
  instructions: 'remove_files takes attachments off a work item, by up to 20 numbers of list_files.',
  properties: {
    item: NUMBER,
    numbers: { type: 'array', items: NUMBER, minItems: 1, maxItems: MAX_FILES, uniqueItems: true },
  },
  required: ['item', 'numbers'],
  isWrite: true,
  async run({ item: workItem, numbers }, context, signal) {
    const { engine, numbers: known, audit } = context;
    const ids = numbers.map((number) => {
      const id = known.idOf(workItem, number);
      // A guess could remove another file.
      if (id === undefined)
        throw new ToolError(`Work item ${workItem} has no file ${number}. Call list_files.`);
      return id;
    });
    const { attached } = await readItem(context, workItem, signal);
    const files = attached.filter(({ reference }) => ids.includes(reference.id));
    const parts = files.flatMap(partsOf).map(({ reference }) => reference.id);
    const { removed } = await createAttachmentEditor(engine.services).remove(workItem, parts);
    const removedIds = new Set(removed.map(({ reference }) => reference.id));
    const gone = files.filter((file) => partsOf(file).some(({ reference }) => removedIds.has(reference.id)));
    for (const { name, size } of removed)
      await audit.add({ tool: 'remove_files', workItem, name, bytes: size, outcome: 'removed' });
    return { value: { removed: gone.length, alreadyGone: ids.length - gone.length } };
  },
});
