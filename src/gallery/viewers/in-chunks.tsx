import * as React from 'react';
import { t } from '../../base/i18n/translate';

/** Items rendered at first, and added on request. */
const CHUNK_SIZE = 100;

/** Maximum number of items that a search adds. */
const MAX_SEARCHED = 2_000;

/** Whether a search needs the items that are not rendered yet. */
export const IsSearchedContext = React.createContext(false);

/** Items of a list in chunks, with a button for more. A search renders them one chunk after the other. */
export function InChunks(props: {
  count: number;
  renderItem: (index: number) => React.ReactNode;
  /** Wraps the button. By default in an `li`. */
  renderMore?: (button: React.ReactNode) => React.ReactNode;
}): React.JSX.Element {
  const { count, renderItem, renderMore = inItem } = props;
  const [limit, setLimit] = React.useState(CHUNK_SIZE);
  const rendered = Math.min(count, limit);
  const isGrowing = React.useContext(IsSearchedContext) && rendered < Math.min(count, MAX_SEARCHED);
  React.useEffect(() => {
    if (!isGrowing) return undefined;
    const timer = setTimeout(() => setLimit(rendered + CHUNK_SIZE));
    return () => clearTimeout(timer);
  }, [isGrowing, rendered]);
  return (
    <>
      {Array.from({ length: rendered }, (_, index) => renderItem(index))}
      {rendered < count &&
        renderMore(
          <button
            type="button"
            className={`link-button viewer-more ${isGrowing ? 'viewer-growing' : ''}`}
            onClick={() => setLimit(rendered + CHUNK_SIZE)}
          >
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
