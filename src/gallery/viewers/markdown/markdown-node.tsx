import type { List, ListItem, RootContent, Table } from 'mdast';
import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { makeVisible } from '../../../base/visible-text';
import { MarkdownCode } from './code-colors';
import { MarkdownPicture } from './markdown-pictures';
import { safeLink } from '../safe-link';
import type { MarkdownText } from './parse-markdown';

/** Level of a first-level heading, below the heading with the file name. */
const TOP_LEVEL = 3;

/** Maximum nesting depth. Deeper nodes are omitted. */
const MAX_DEPTH = 100;

/**
 * One node of a Markdown text with its descendants. Only known elements are created: HTML appears as text, and an image
 * outside of the file as its alternative text.
 */
export function MarkdownNode(props: {
  node: RootContent;
  text: MarkdownText;
  depth: number;
}): React.JSX.Element | null {
  const { node, text, depth } = props;
  if (depth > MAX_DEPTH) return <>…</>;
  const children = 'children' in node && <Children nodes={node.children} text={text} depth={depth} />;
  switch (node.type) {
    case 'paragraph':
      return <p>{children}</p>;
    case 'heading':
      return React.createElement(`h${Math.min(6, node.depth + TOP_LEVEL - 1)}`, undefined, children);
    case 'thematicBreak':
      return <hr />;
    case 'blockquote':
      return <blockquote>{children}</blockquote>;
    case 'list':
      return <MarkdownList node={node}>{children}</MarkdownList>;
    case 'listItem':
      return <MarkdownListItem node={node}>{children}</MarkdownListItem>;
    case 'code':
      return (
        <pre tabIndex={0}>
          <code>
            <MarkdownCode node={node} />
          </code>
        </pre>
      );
    case 'html':
      return <code className="viewer-html">{makeVisible(node.value, 'prose')}</code>;
    case 'yaml':
      return <pre>{makeVisible(node.value, 'prose')}</pre>;
    case 'table':
      return <MarkdownTable node={node} text={text} depth={depth} />;
    case 'tableRow':
      return <tr>{children}</tr>;
    case 'tableCell':
      return <td>{children}</td>;
    case 'text':
      return <>{makeVisible(node.value, 'prose')}</>;
    case 'emphasis':
      return <em>{children}</em>;
    case 'strong':
      return <strong>{children}</strong>;
    case 'delete':
      return <del>{children}</del>;
    case 'inlineCode':
      return <code>{makeVisible(node.value)}</code>;
    case 'break':
      return <br />;
    case 'link':
      return <MarkdownLink url={node.url}>{children}</MarkdownLink>;
    case 'linkReference':
      return <MarkdownLink url={text.definitions.get(node.identifier)?.url ?? ''}>{children}</MarkdownLink>;
    case 'image':
      return <MarkdownPicture url={node.url} alt={node.alt ?? ''} />;
    case 'imageReference':
      return <MarkdownPicture url={text.definitions.get(node.identifier)?.url ?? ''} alt={node.alt ?? ''} />;
    case 'footnoteReference':
      return <sup>[{numberOf(node.identifier, text)}]</sup>;
    // Rendered elsewhere: at their references and at the end.
    case 'definition':
    case 'footnoteDefinition':
      return null;
  }
}

function Children(props: {
  nodes: readonly RootContent[];
  text: MarkdownText;
  depth: number;
}): React.JSX.Element {
  const { nodes, text, depth } = props;
  return (
    <>
      {nodes.map((node, index) => (
        <MarkdownNode key={index} node={node} text={text} depth={depth + 1} />
      ))}
    </>
  );
}

function MarkdownList({ node, children }: { node: List; children: React.ReactNode }): React.JSX.Element {
  return node.ordered ? <ol start={node.start ?? 1}>{children}</ol> : <ul>{children}</ul>;
}

function MarkdownListItem({
  node,
  children,
}: {
  node: ListItem;
  children: React.ReactNode;
}): React.JSX.Element {
  if (node.checked === null || node.checked === undefined) return <li>{children}</li>;
  return (
    <li className="viewer-task">
      <input
        type="checkbox"
        checked={node.checked}
        disabled={true}
        aria-label={node.checked ? t('Done') : t('To do')}
      />
      <div>{children}</div>
    </li>
  );
}

function MarkdownTable(props: { node: Table; text: MarkdownText; depth: number }): React.JSX.Element {
  const { node, text, depth } = props;
  const [head, ...body] = node.children;
  const cells = (row: Table['children'][number], cell: 'th' | 'td'): React.ReactNode =>
    row.children.map(({ children }, index) =>
      React.createElement(
        cell,
        {
          key: index,
          style: { textAlign: node.align?.[index] ?? 'start' },
          ...(cell === 'th' && { scope: 'col' }),
        },
        <Children nodes={children} text={text} depth={depth + 2} />,
      ),
    );
  return (
    <div className="viewer-table-scroll" tabIndex={0} role="group" aria-label={t('Table')}>
      <table>
        {head && (
          <thead>
            <tr>{cells(head, 'th')}</tr>
          </thead>
        )}
        <tbody>
          {body.map((row, index) => (
            <tr key={index}>{cells(row, 'td')}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function MarkdownLink({ url, children }: { url: string; children: React.ReactNode }): React.JSX.Element {
  const href = safeLink(url);
  if (href === undefined) return <>{children}</>;
  return (
    <a href={href} title={href} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  );
}

function numberOf(identifier: string, { footnotes }: MarkdownText): number {
  return [...footnotes.keys()].indexOf(identifier) + 1;
}
