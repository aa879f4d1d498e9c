import { withComment } from './comments';
import { johnnie } from './fabrikam';
import { savedMeanwhile } from './refusals';
import type { Author } from './new-work-item';
import type { Store } from './store';
import { isWorkItemLink } from './work-item';

/** Change by another user, between the read of a client and its patch. */
export type Intrusion = (store: Store, id: number) => void;

/** Saves a comment: a new revision without a conflicting field. */
export function comment(store: Store, id: number): void {
  const item = store.workItem(id);
  const author = johnnieNow(store);
  const added = { text: '<div>Edited meanwhile.</div>', format: 'html' } as const;
  store.save(withComment(store, item, added, author), author);
}

/** Saves while the service is between the tests of a patch and its end: the service refuses by itself. */
export function commentInside(store: Store, id: number): void {
  comment(store, id);
  throw savedMeanwhile(store.mode);
}

/** Removes the first link to another work item, without a revision; later relations move up. */
export function removeLink(store: Store, id: number): void {
  const item = store.workItem(id);
  const first = item.relations.find(isWorkItemLink);
  store.save(
    { ...item, relations: item.relations.filter((relation) => relation !== first) },
    johnnieNow(store),
  );
}

/** Deletes the work item. */
export function remove(store: Store, id: number): void {
  store.remove(id);
}

function johnnieNow({ clock }: Store): Author {
  return { by: johnnie, date: clock.now };
}
