import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { makeVisible } from '../../../base/visible-text';
import { Gradually } from '../gradually';
import type { Group, ListGroup, NoteGroup } from './group-blocks';
import { groupBlocks } from './group-blocks';
import { Inlines } from './inlines';
import type { Block, Cell, Paragraph, Row, Table } from './nodes';
import { nameOfNotes, NoteLink } from './note-links';

/** Level of a first-level heading, below the heading with the file name. */
const TOP_LEVEL = 3;

/** Blocks of a document. Only known elements are created. */
export const Blocks = React.memo(function Blocks({
  blocks,
}: {
  blocks: readonly Block[];
}): React.JSX.Element {
  return (
    <>
      {groupBlocks(blocks).map((group, index) => (
        <GroupView key={index} group={group} />
      ))}
    </>
  );
});

function GroupView({ group }: { group: Group }): React.JSX.Element {
  switch (group.type) {
    case 'paragraph':
      return <ParagraphView paragraph={group} />;
    case 'list':
      return <ListView list={group} />;
    case 'table':
      return <TableView table={group} />;
    case 'notes':
      return <NotesView group={group} />;
    case 'box':
      return (
        <div className="viewer-box" role="group" aria-label={t('Text box')}>
          <Blocks blocks={group.content} />
        </div>
      );
  }
}

function ParagraphView({
  paragraph: { heading, list, alignment, content },
}: {
  paragraph: Paragraph;
}): React.JSX.Element {
  return React.createElement(
    heading === undefined ? 'p' : `h${Math.min(6, heading + TOP_LEVEL - 1)}`,
    alignment && { className: `viewer-align-${alignment}` },
    list && list.marker !== '' && `${makeVisible(list.marker)} `,
    <Inlines content={content} />,
  );
}

/** The markers are texts: numbers go on after other paragraphs, and have formats of their own. */
function ListView({ list: { isOrdered, items } }: { list: ListGroup }): React.JSX.Element {
  return React.createElement(
    isOrdered ? 'ol' : 'ul',
    // Safari forgets the role of a list without its own markers.
    { className: 'viewer-list', role: 'list' },
    items.map(({ paragraph: { list, content }, lists }, index) => (
      <li key={index}>
        <span className="viewer-marker" aria-hidden={!isOrdered}>
          {makeVisible(list?.marker ?? '')}
        </span>
        <div>
          <div className="viewer-item">
            <Inlines content={content} />
          </div>
          {lists.map((inner, at) => (
            <ListView key={at} list={inner} />
          ))}
        </div>
      </li>
    )),
  );
}

function TableView({ table: { groups } }: { table: Table }): React.JSX.Element {
  return (
    <div className="viewer-table-scroll" tabIndex={0} role="group" aria-label={t('Table')}>
      <table>
        <Gradually
          count={groups.length}
          renderItem={(index) => <Rows key={index} rows={groups[index] ?? []} />}
        />
      </table>
    </div>
  );
}

const Rows = React.memo(function Rows({ rows }: { rows: readonly Row[] }): React.JSX.Element {
  return (
    <tbody>
      {rows.map(({ isHeader, cells }, index) => (
        <tr key={index}>
          {cells.map((cell, at) => (
            <CellView key={at} cell={cell} isHeader={isHeader} />
          ))}
        </tr>
      ))}
    </tbody>
  );
});

function CellView({ cell, isHeader }: { cell: Cell; isHeader: boolean }): React.JSX.Element {
  const { columns, rows, content } = cell;
  return React.createElement(
    isHeader ? 'th' : 'td',
    { colSpan: columns, rowSpan: rows, ...(isHeader && { scope: 'col' }) },
    <Blocks blocks={content} />,
  );
}

function NotesView({ group: { kind, notes } }: { group: NoteGroup }): React.JSX.Element {
  const name = nameOfNotes(kind);
  return (
    <section className="viewer-notes" aria-label={name}>
      {notes[0]?.isFirst === true && <h4>{name}</h4>}
      {notes.map(({ number, author, content }) => (
        <div key={number} className="viewer-note-text">
          <NoteLink kind={kind} number={number} from="note" />
          <div>
            {author !== '' && <strong>{makeVisible(author)}</strong>}
            <Blocks blocks={content} />
          </div>
        </div>
      ))}
    </section>
  );
}
