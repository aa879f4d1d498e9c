import { attachedFile, linksFirst, linkTo, type Relation, workItemIdIn } from 'azure-devops-emulator';
import type { Dice } from 'azure-devops-emulator/dice';
import type { Service } from './service';

/** Other users of the same work items, and the expected results of their changes. */
export interface Others {
  readonly edit: (id: number) => void;
  readonly link: (id: number) => void;
  readonly unlink: (id: number) => void;
  readonly attach: (id: number) => void;
  /** Records a save in this form; `edits` is empty for a new work item. */
  readonly saved: (id: number, edits: Readonly<Record<string, unknown>>) => void;
  /** Expected relations, by work item and key. */
  readonly relations: ReadonlyMap<number, ReadonlySet<string>>;
  /** Expected values, by work item and field. */
  readonly fields: ReadonlyMap<number, ReadonlyMap<string, unknown>>;
}

const LINKED_TO = [12, 15, 21] as const;

/** Fields never changed. */
const KEPT = ['System.Title', 'System.State', 'System.AreaPath', 'System.IterationPath'];

/** Creates other users of the current work items. */
export function createOthers(
  { store }: Pick<Service, 'store'>,
  ids: readonly number[],
  dice: Dice,
  note: (what: string) => void,
): Others {
  let serial = 0;
  const relations = new Map<number, Set<string>>();
  const fields = new Map<number, Map<string, unknown>>();
  for (const id of ids) watch(id);

  function watch(id: number): void {
    const item = store.workItem(id);
    relations.set(id, new Set(item.relations.map(keyOf)));
    fields.set(id, new Map(KEPT.map((field) => [field, item.fields[field]])));
  }

  function write(id: number, field: string, value: string): void {
    const item = store.workItem(id);
    note(`somebody writes ${value} into ${id}`);
    store.save({ ...item, fields: { ...item.fields, [field]: value } });
    fields.get(id)?.set(field, value);
  }

  function add(id: number, relation: Relation): void {
    const item = store.workItem(id);
    if (item.relations.some((other) => keyOf(other) === keyOf(relation))) return;
    note(`somebody adds ${keyOf(relation)} to ${id}`);
    store.save({ ...item, relations: linksFirst([...item.relations, relation]) });
    relations.get(id)?.add(keyOf(relation));
  }

  return {
    relations,
    fields,
    edit: (id) => write(id, 'System.Tags', `tag ${++serial}`),

    link(id) {
      const hyperlink = { rel: 'Hyperlink', url: `https://example.test/${++serial}`, attributes: {} };
      add(id, dice.percent(70) ? linkTo(dice.pick(LINKED_TO), 'System.LinkTypes.Related') : hyperlink);
    },

    unlink(id) {
      const item = store.workItem(id);
      // The reverse link is removed as well; reverse links of other types are not compared.
      const isTheirs = ({ rel, url }: Relation): boolean =>
        rel === 'Hyperlink' || LINKED_TO.some((other) => other === workItemIdIn(url));
      const links = item.relations.filter(isTheirs);
      if (links.length === 0) return;
      const gone = dice.pick(links);
      note(`somebody removes ${keyOf(gone)} from ${id}`);
      store.save({ ...item, relations: item.relations.filter((relation) => relation !== gone) });
      relations.get(id)?.delete(keyOf(gone));
    },

    attach(id) {
      const attached = store.workItem(id).relations.filter(({ rel }) => rel === attachedFile);
      if (attached.length >= store.limits.maxAttachmentsPerItem) return;
      const name = `theirs ${++serial}.txt`;
      const { id: attachmentId } = store.attachments.put(name, Buffer.from(name), '2026-01-01T00:00:00Z');
      const url = `_apis/wit/attachments/${attachmentId}`;
      add(id, { rel: attachedFile, url, attributes: { name, comment: '', resourceSize: name.length } });
    },

    saved(id, edits) {
      if (!fields.has(id)) watch(id);
      for (const [field, value] of Object.entries(edits)) fields.get(id)?.set(field, value);
    },
  };
}

/** Identifies a relation by its target: its id changes when it is removed and added again. */
export function keyOf({ rel, url }: Relation): string {
  return `${rel} ${url.split('/').slice(-2).join('/')}`;
}
