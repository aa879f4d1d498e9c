import * as React from 'react';
import { t } from '../../i18n/translate';
import { ChevronIcon } from '../../ui/icons';
import { makeVisible } from '../safe-text';
import type { JsonNode } from './parse-json';

/** Values that are drawn at once; more of them when they are asked for. */
const CHUNK = 100;

/** Values down to here are open at first. The outermost one is at 0. */
const OPEN_DEPTH = 2;

/** What is drawn of a long string at first, in UTF-16 units. */
const LONGEST_STRING = 500;

/** A value with all within it, folded where it is deep, in an `ul`. */
export function JsonTree(props: {
  /** The member's key, or the item's place. */
  label?: string | undefined;
  node: JsonNode;
  depth: number;
}): React.JSX.Element {
  const { label, node, depth } = props;
  const name = label !== undefined && <span className="viewer-key">{makeVisible(label)}: </span>;
  const parts = partsOf(node);
  const [isOpen, setIsOpen] = React.useState(depth < OPEN_DEPTH);
  if (!parts || parts.length === 0)
    return (
      <li>
        {name}
        <JsonLeaf node={node} />
      </li>
    );
  const count = parts.length;
  const what =
    node.kind === 'object'
      ? t('{count, plural, one {# member} other {# members}}', { count })
      : t('{count, plural, one {# item} other {# items}}', { count });
  return (
    <li>
      <button
        type="button"
        className="fold-button viewer-fold"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        <ChevronIcon open={isOpen} />
        <span>
          {name}
          <span className="quiet">
            {node.kind === 'object' ? '{ }' : '[ ]'} {what}
          </span>
        </span>
      </button>
      {isOpen && (
        <ul>
          <InChunks
            count={count}
            draw={(index) => {
              const part = parts[index];
              return part && <JsonTree key={index} label={part[0]} node={part[1]} depth={depth + 1} />;
            }}
          />
        </ul>
      )}
    </li>
  );
}

/** The first so many of a list, and a button that brings more of them. */
export function InChunks(props: {
  count: number;
  draw: (index: number) => React.ReactNode;
}): React.JSX.Element {
  const { count, draw } = props;
  const [asked, setAsked] = React.useState(CHUNK);
  const drawn = Math.min(count, asked);
  return (
    <>
      {Array.from({ length: drawn }, (_, index) => draw(index))}
      {drawn < count && (
        <li>
          <button type="button" className="link-button" onClick={() => setAsked(drawn + CHUNK)}>
            {t('{more, number} more of {count, number}', { more: Math.min(CHUNK, count - drawn), count })}
          </button>
        </li>
      )}
    </>
  );
}

function JsonLeaf({ node }: { node: JsonNode }): React.JSX.Element {
  const [isWhole, setIsWhole] = React.useState(false);
  switch (node.kind) {
    case 'object':
      return (
        <span className="quiet">
          {'{ }'} {t('empty')}
        </span>
      );
    case 'array':
      return (
        <span className="quiet">
          {'[ ]'} {t('empty')}
        </span>
      );
    case 'literal':
      return <span className="viewer-literal">{node.written}</span>;
    case 'string': {
      const { value } = node;
      const isCut = !isWhole && value.length > LONGEST_STRING;
      return (
        <span className="viewer-string">
          {/* With its escapes, so that nothing in it is taken for something else. */}
          {makeVisible(JSON.stringify(isCut ? value.slice(0, LONGEST_STRING) : value))}
          {isCut && (
            <button type="button" className="link-button" onClick={() => setIsWhole(true)}>
              {t('… {count, plural, one {# more character} other {# more characters}}', {
                count: value.length - LONGEST_STRING,
              })}
            </button>
          )}
        </span>
      );
    }
  }
}

function partsOf(node: JsonNode): readonly (readonly [string, JsonNode])[] | undefined {
  if (node.kind === 'object') return node.members;
  if (node.kind === 'array') return node.items.map((item, index) => [String(index), item] as const);
  return undefined;
}
