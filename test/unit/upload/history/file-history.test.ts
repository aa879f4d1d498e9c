import fc from 'fast-check';
import type { UpdatedAttachment, WorkItemUpdate } from '../../../../src/azure/rest/updates';
import {
  attachersOf,
  daysLeft,
  fileEventsOf,
  removedFilesOf,
} from '../../../../src/upload/history/file-history';

const NAMES = ['a.png', 'b.log', 'c.pdf'];

function fileOf(id: number, name: string): UpdatedAttachment {
  const url = `https://dev.azure.com/fabrikam/_apis/wit/attachments/${id}`;
  return { id: `id-${id}`, url, name, comment: '', size: 7 };
}

function updateOf(changes: Partial<WorkItemUpdate>): WorkItemUpdate {
  return { by: 'Raisa', at: 1, added: [], removed: [], updated: [], mentioned: [], ...changes };
}

/** An action of a person; `choice` chooses one of the attached files. */
interface Action {
  readonly kind: 'attach' | 'rename' | 'comment' | 'replace' | 'remove' | 'restore' | 'other';
  readonly choice: number;
  readonly name: string;
  readonly by: string;
}

const actions: fc.Arbitrary<readonly Action[]> = fc.array(
  fc.record({
    kind: fc.constantFrom('attach', 'rename', 'comment', 'replace', 'remove', 'restore', 'other'),
    choice: fc.nat(),
    name: fc.constantFrom(...NAMES),
    by: fc.constantFrom('Raisa', 'Jamal', 'Johnnie'),
  }),
  { maxLength: 40 },
);

/** Answers of a server: changes as `updated`, or as removed and added; removals with their facts, or the GUID alone. */
interface Manner {
  readonly hasUpdated: boolean;
  readonly describesRemoved: boolean;
}

const manners: fc.Arbitrary<Manner> = fc.record({ hasUpdated: fc.boolean(), describesRemoved: fc.boolean() });

/** A work item with its history, and the events that a reader of it must find. */
class ModelItem {
  readonly attached: UpdatedAttachment[] = [];
  readonly removed: UpdatedAttachment[] = [];
  readonly updates: WorkItemUpdate[] = [];
  readonly events: object[] = [];
  /** Authors of the attached files, by GUID. */
  readonly authors = new Map<string, string>();

  constructor(private readonly manner: Manner) {}

  act({ kind, choice, name, by }: Action): void {
    const facts = { by, at: this.updates.length };
    const tell = (changes: Partial<WorkItemUpdate>, event?: object): void => {
      this.updates.push(updateOf({ ...facts, ...changes }));
      if (event) this.events.push({ ...event, ...facts });
    };
    const file = this.attached[choice % this.attached.length];
    const fresh = kind === 'restore' ? this.removed.pop() : fileOf(facts.at, name);
    if (kind === 'attach' || kind === 'restore') {
      if (!fresh) return;
      this.attached.push(fresh);
      this.authors.set(fresh.id, by);
      tell({ added: [fresh] }, { kind: 'attached', file: fresh });
    } else if (kind === 'other' || !file) tell({});
    else if (kind === 'rename' || kind === 'comment') {
      const after = kind === 'rename' ? { ...file, name } : { ...file, comment: `${facts.at}` };
      this.attached[this.attached.indexOf(file)] = after;
      const isSame = after.name === file.name && after.comment === file.comment;
      const event = { kind: kind === 'rename' ? 'renamed' : 'commented', file: after, before: file };
      tell(this.#changed(file, after), isSame ? undefined : event);
    } else {
      this.attached.splice(this.attached.indexOf(file), 1);
      this.removed.push(file);
      const replacement = { ...fileOf(facts.at, file.name) };
      this.authors.delete(file.id);
      if (kind === 'replace') {
        this.attached.push(replacement);
        this.authors.set(replacement.id, by);
      }
      const removed = [this.#described(file)];
      if (kind === 'replace')
        tell({ removed, added: [replacement] }, { kind: 'replaced', file, replacement });
      else tell({ removed }, { kind: 'removed', file });
    }
  }

  #changed(file: UpdatedAttachment, after: UpdatedAttachment): Partial<WorkItemUpdate> {
    return this.manner.hasUpdated
      ? { updated: [after] }
      : { removed: [this.#described(file)], added: [after] };
  }

  #described(file: UpdatedAttachment): UpdatedAttachment {
    return this.manner.describesRemoved ? file : { ...file, name: '', comment: '', size: undefined };
  }
}

test('fileEventsOf finds each action with its author, time and file, in each manner of answering', () => {
  fc.assert(
    fc.property(actions, manners, (all, manner) => {
      const item = new ModelItem(manner);
      for (const action of all) item.act(action);
      const events = fileEventsOf(item.updates);
      expect(events).toEqual(item.events);
      const authors = attachersOf(events);
      const known = item.attached.map(({ id }) => [id, authors.get(id)]);
      expect(new Map(known as [string, string][])).toEqual(item.authors);
      const gone = removedFilesOf(events).map(({ file }) => file.id);
      expect(gone.sort()).toEqual(item.removed.map(({ id }) => id).sort());
    }),
    { numRuns: 500 },
  );
});

test('removedFilesOf lists a file that was removed twice once, with the last author', () => {
  const file = fileOf(1, 'a.png');
  const events = fileEventsOf([
    updateOf({ added: [file] }),
    updateOf({ removed: [file], by: 'Jamal' }),
    updateOf({ added: [file] }),
    updateOf({ removed: [file], by: 'Johnnie', at: 9 }),
  ]);
  expect(removedFilesOf(events)).toEqual([{ kind: 'removed', file, by: 'Johnnie', at: 9 }]);
});

test('fileEventsOf tells a removal without an earlier addition with what is known', () => {
  const file = { ...fileOf(1, ''), size: undefined };
  const events = fileEventsOf([updateOf({ removed: [file] })]);
  expect(events).toEqual([{ kind: 'removed', file, by: 'Raisa', at: 1 }]);
});

test.each([
  [0, 28],
  [1, 27],
  [27.5, 0],
  [40, 0],
])('daysLeft, %s days after a removal, is %s', (days, left) => {
  const removedAt = Date.UTC(2026, 2, 1);
  expect(daysLeft(removedAt, removedAt + days * 24 * 60 * 60 * 1000)).toBe(left);
});

test('daysLeft is unknown without the time of the removal', () => {
  expect(daysLeft(NaN, 0)).toBeUndefined();
});

test('attachersOf knows no author if the last attaching names none', () => {
  const file = fileOf(1, 'a.png');
  const updates = [
    updateOf({ added: [file] }),
    updateOf({ removed: [file] }),
    updateOf({ added: [file], by: '' }),
  ];
  expect(attachersOf(fileEventsOf(updates))).toEqual(new Map());
});
