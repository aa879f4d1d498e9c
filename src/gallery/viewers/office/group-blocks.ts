import type { Block, Note, NoteKind, Paragraph } from './nodes';

/** Items of a list. Deeper ones are in lists inside. */
export interface ListGroup {
  readonly type: 'list';
  readonly isOrdered: boolean;
  readonly items: readonly ListItem[];
}

/** Item of a list, with the lists inside. */
export interface ListItem {
  readonly paragraph: Paragraph;
  readonly lists: readonly ListGroup[];
}

/** Notes of one kind. */
export interface NoteGroup {
  readonly type: 'notes';
  readonly kind: NoteKind;
  readonly notes: readonly Note[];
}

/** Block to draw. */
export type Group = Exclude<Block, Note> | ListGroup | NoteGroup;

interface GrowingList extends ListGroup {
  readonly level: number;
  readonly items: GrowingItem[];
}

interface GrowingItem extends ListItem {
  readonly lists: GrowingList[];
}

/** Groups items of lists that follow each other, and notes. Headings with a number are no items. */
export function groupBlocks(blocks: readonly Block[]): readonly Group[] {
  const groups: Group[] = [];
  /** Lists around the last item, from the outermost. */
  let open: GrowingList[] = [];
  for (const block of blocks) {
    if (block.type === 'paragraph' && block.list && block.heading === undefined) {
      addItem(block, block.list.level, block.list.isOrdered);
      continue;
    }
    open = [];
    const last = groups.at(-1);
    if (block.type !== 'note') groups.push(block);
    else if (last?.type === 'notes' && last.kind === block.kind) (last.notes as Note[]).push(block);
    else groups.push({ type: 'notes', kind: block.kind, notes: [block] });
  }
  return groups;

  function addItem(paragraph: Paragraph, level: number, isOrdered: boolean): void {
    const item: GrowingItem = { paragraph, lists: [] };
    while (open.length > 1 && (open.at(-1)?.level ?? 0) > level) open.pop();
    const last = open.at(-1);
    if (last && last.level >= level) {
      if (last.isOrdered === isOrdered) {
        last.items.push(item);
        return;
      }
      open.pop();
    }
    const list: GrowingList = { type: 'list', level, isOrdered, items: [item] };
    const outer = open.at(-1)?.items.at(-1);
    if (outer) outer.lists.push(list);
    else groups.push(list);
    open.push(list);
  }
}
