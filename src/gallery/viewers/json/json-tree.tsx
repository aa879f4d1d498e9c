import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { ChevronIcon } from '../../../ui/icons';
import { makeVisible } from '../../../base/visible-text';
import type { JsonNode } from './parse-json';

/** Values rendered at first, and added on request. */
const CHUNK_SIZE = 100;

/** Values at a smaller depth are expanded at first. The root has depth 0. */
const OPEN_DEPTH = 2;

/** Maximum length of a string before its expansion, in UTF-16 units. */
const MAX_STRING_LENGTH = 500;

/** A value and its descendants as an `li`, collapsed from `OPEN_DEPTH` on. */
export function JsonTree(props: {
  /** Key of the member, or index of the item. */
  label?: string | undefined;
  node: JsonNode;
  depth: number;
}): React.JSX.Element {
  const { label, node, depth } = props;
  const name = label !== undefined && <span className="viewer-key">{makeVisible(label)}: </span>;
  const children = childrenOf(node);
  const [isOpen, setIsOpen] = React.useState(depth < OPEN_DEPTH);
  if (!children || children.length === 0)
    return (
      <li>
        {name}
        <JsonLeaf node={node} />
      </li>
    );
  const count = children.length;
  const description =
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
            {node.kind === 'object' ? '{ }' : '[ ]'} {description}
          </span>
        </span>
      </button>
      {isOpen && (
        <ul>
          <InChunks
            count={count}
            renderItem={(index) => {
              const child = children[index];
              return child && <JsonTree key={index} label={child[0]} node={child[1]} depth={depth + 1} />;
            }}
          />
        </ul>
      )}
    </li>
  );
}

/** Items of a list in chunks, with a button for more. */
export function InChunks(props: {
  count: number;
  renderItem: (index: number) => React.ReactNode;
}): React.JSX.Element {
  const { count, renderItem } = props;
  const [limit, setLimit] = React.useState(CHUNK_SIZE);
  const rendered = Math.min(count, limit);
  return (
    <>
      {Array.from({ length: rendered }, (_, index) => renderItem(index))}
      {rendered < count && (
        <li>
          <button type="button" className="link-button" onClick={() => setLimit(rendered + CHUNK_SIZE)}>
            {t('{more, number} more of {count, number}', {
              more: Math.min(CHUNK_SIZE, count - rendered),
              count,
            })}
          </button>
        </li>
      )}
    </>
  );
}

function JsonLeaf({ node }: { node: JsonNode }): React.JSX.Element {
  const [isExpanded, setIsExpanded] = React.useState(false);
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
      return <span className="viewer-literal">{node.raw}</span>;
    case 'string': {
      const { value } = node;
      const isTruncated = !isExpanded && value.length > MAX_STRING_LENGTH;
      return (
        <span className="viewer-string">
          {/* With escapes, to stay unambiguous. */}
          {makeVisible(JSON.stringify(isTruncated ? value.slice(0, MAX_STRING_LENGTH) : value))}
          {isTruncated && (
            <button type="button" className="link-button" onClick={() => setIsExpanded(true)}>
              {t('… {count, plural, one {# more character} other {# more characters}}', {
                count: value.length - MAX_STRING_LENGTH,
              })}
            </button>
          )}
        </span>
      );
    }
  }
}

function childrenOf(node: JsonNode): readonly (readonly [string, JsonNode])[] | undefined {
  if (node.kind === 'object') return node.members;
  if (node.kind === 'array') return node.items.map((item, index) => [String(index), item] as const);
  return undefined;
}
