import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { ChevronIcon } from '../../../ui/icons';
import { makeVisible } from '../../../base/visible-text';
import { InChunks } from '../in-chunks';
import { LongText } from '../long-text';
import type { JsonValues } from './parse-json';

/** Values at a smaller depth are expanded at first. The root has depth 0. */
const OPEN_DEPTH = 2;

/** Length of a value that is shown at first, and added on request, in UTF-16 units. */
const MAX_TEXT_LENGTH = 500;
const MORE_TEXT_LENGTH = 20_000;

/** A value of a JSON text. */
interface JsonTreeProps {
  readonly values: JsonValues;
  readonly row: number;
}

/** A value and its descendants as an `li`, collapsed from `OPEN_DEPTH` on. */
export function JsonTree(
  props: JsonTreeProps & {
    /** Key of the member, or index of the item. */
    readonly label?: string | undefined;
    readonly depth: number;
  },
): React.JSX.Element {
  const { values, row, label, depth } = props;
  const name = label !== undefined && (
    <span className="viewer-key">{makeVisible(label.slice(0, MAX_TEXT_LENGTH))}: </span>
  );
  const children = React.useMemo(() => values.childrenOf(row), [values, row]);
  const [isOpen, setIsOpen] = React.useState(depth < OPEN_DEPTH);
  const count = children.length;
  if (count === 0)
    return (
      <li>
        {name}
        <JsonLeaf values={values} row={row} />
      </li>
    );
  const isObject = values.kindOf(row) === 'object';
  const description = isObject
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
            {isObject ? '{ }' : '[ ]'} {description}
          </span>
        </span>
      </button>
      {isOpen && (
        <ul>
          <InChunks
            count={count}
            renderItem={(index) => {
              const child = children[index];
              if (child === undefined) return null;
              const key = values.keyOf(child) ?? String(index);
              return <JsonTree key={index} label={key} values={values} row={child} depth={depth + 1} />;
            }}
          />
        </ul>
      )}
    </li>
  );
}

function JsonLeaf({ values, row }: JsonTreeProps): React.JSX.Element {
  const kind = values.kindOf(row);
  switch (kind) {
    case 'object':
    case 'array':
      return (
        <span className="quiet">
          {kind === 'object' ? '{ }' : '[ ]'} {t('empty')}
        </span>
      );
    case 'literal':
      return (
        <span className="viewer-literal">
          <LongText text={values.sourceOf(row)} first={MAX_TEXT_LENGTH} more={MORE_TEXT_LENGTH} />
        </span>
      );
    case 'string':
      return (
        <span className="viewer-string">
          {/* With escapes, to stay unambiguous. */}
          <LongText
            text={JSON.parse(values.sourceOf(row)) as string}
            first={MAX_TEXT_LENGTH}
            more={MORE_TEXT_LENGTH}
            format={JSON.stringify}
          />
        </span>
      );
  }
}
