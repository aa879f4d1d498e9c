import * as React from 'react';
import { textOf, type Relation } from '../work-item';
import { shownLinks, type Form } from './form';

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
            <td className="wrap">{targetOf(link)}</td>
            <td className="wrap">{textOf(link.attributes.comment)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A link in a few words: "Parent 12". */
export function linkText(link: Relation): string {
  return `${kindOf(link)} ${targetOf(link)}`;
}

function kindOf({ rel }: Relation): string {
  return kinds[rel] ?? rel.replace(/^System\.LinkTypes\./, '');
}

function targetOf({ url }: Relation): string {
  return /\/workitems\/(\d+)$/i.exec(url)?.[1] ?? url;
}
