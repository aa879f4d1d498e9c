import type { AttachedFile } from '../../../gallery/model/attached-file';
import { plain } from '../../../engine/sentences';
import type { Json } from './answer';
import { countThatFits, shortenMiddle } from './answer';
import { defineTool, NUMBER, readItem } from './tool';

/** Files of one answer. */
const MAX_FILES = 20;

/** Maximum length of a name or comment in a list, in bytes. */
const MAX_TEXT_BYTES = 80;

/** `list_files` */
export const listFiles = defineTool<{ readonly item: number; readonly next?: number }>({
  name: 'list_files',
  description: 'Attachments of a work item',
  instructions:
    'list_files tells a number for each attachment of a work item; the other tools take it. If it returns "next", pass it for more.',
  properties: { item: NUMBER, next: NUMBER },
  required: ['item'],
  isWrite: false,
  async run({ item: id, next = 1 }, context, signal) {
    const { attached } = await readItem(context, id, signal);
    const numbers = context.numbers.numbersOf(
      id,
      attached.map(({ reference }) => reference.id),
    );
    const rows = attached
      .map((file, index) => ({ number: numbers[index] ?? 0, file }))
      .filter(({ number }) => number >= next)
      .sort((a, b) => a.number - b.number);
    const build = (count: number): Json => ({
      total: attached.length,
      files: rows.slice(0, count).map(({ number, file }) => rowOf(number, file)),
      next: rows[count]?.number,
    });
    return { value: build(countThatFits(Math.min(rows.length, MAX_FILES), build)) };
  },
});

function rowOf(number: number, { name, size, comment }: AttachedFile): Json {
  return {
    number,
    name: shortenMiddle(plain(name), MAX_TEXT_BYTES),
    bytes: size,
    ...(comment !== '' && { comment: shortenMiddle(plain(comment), MAX_TEXT_BYTES) }),
  };
}
