import * as React from 'react';
import { useHostPage, useTask } from '../host-page';
import { useStore } from '../store';
import { textOf, type Relation } from '../work-item';
import { captionOf, shownLinks, type Form } from './form';

const kinds: Record<string, string> = {
  'System.LinkTypes.Hierarchy-Reverse': 'Parent',
  'System.LinkTypes.Hierarchy-Forward': 'Child',
  'System.LinkTypes.Related': 'Related',
  'System.LinkTypes.Dependency-Forward': 'Successor',
  'System.LinkTypes.Dependency-Reverse': 'Predecessor',
};

/** Links to other work items and elsewhere, attachments left out. */
export function LinksTab({ form }: { form: Form }) {
  const links = shownLinks(form);
  if (links.length === 0) return <p className="empty">There are no links in this work item.</p>;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Kind</th>
          <th scope="col">Target</th>
          <th scope="col">Comment</th>
        </tr>
      </thead>
      <tbody>
        {links.map((link) => (
          <tr key={link.rel + link.url}>
            <td>{kindOf(link)}</td>
            <td className="wrap">
              <LinkTarget link={link} />
            </td>
            <td className="wrap">{textOf(link.attributes.comment)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Target of a link. A work item opens in a dialog over the form. */
export function LinkTarget({ link }: { link: Relation }) {
  const { board } = useHostPage();
  const { items } = useStore(board.workItems);
  const run = useTask();
  const id = workItemIdOf(link);
  if (id === undefined) return <>{link.url}</>;
  const item = items.get(id);
  return (
    <button type="button" className="link" onClick={() => run(() => board.openOnTop(id))}>
      {item ? captionOf(item) : `Work item ${id}`}
    </button>
  );
}

/** A link in a few words: "Parent 12". */
export function linkText(link: Relation): string {
  return `${kindOf(link)} ${workItemIdOf(link) ?? link.url}`;
}

/** Name of the relation from the other end: "Parent". */
export function kindOf({ rel }: Relation): string {
  return kinds[rel] ?? rel.replace(/^System\.LinkTypes\./, '');
}

function workItemIdOf({ url }: Relation): number | undefined {
  const id = /\/workitems\/(\d+)$/i.exec(url)?.[1];
  return id === undefined ? undefined : Number(id);
}
