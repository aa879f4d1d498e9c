import * as React from 'react';
import { t } from '../../base/i18n/translate';

/** Items rendered at first, and added on request. */
const CHUNK_SIZE = 100;

/** Items of a list in chunks, with a button for more. */
export function InChunks(props: {
  count: number;
  renderItem: (index: number) => React.ReactNode;
  /** Wraps the button. By default in an `li`. */
  renderMore?: (button: React.ReactNode) => React.ReactNode;
}): React.JSX.Element {
  const { count, renderItem, renderMore = inItem } = props;
  const [limit, setLimit] = React.useState(CHUNK_SIZE);
  const rendered = Math.min(count, limit);
  return (
    <>
      {Array.from({ length: rendered }, (_, index) => renderItem(index))}
      {rendered < count &&
        renderMore(
          <button type="button" className="link-button" onClick={() => setLimit(rendered + CHUNK_SIZE)}>
            {t('Show {more, number} more of {count, number}', {
              more: Math.min(CHUNK_SIZE, count - rendered),
              count,
            })}
          </button>,
        )}
    </>
  );
}

function inItem(button: React.ReactNode): React.ReactNode {
  return <li>{button}</li>;
}
