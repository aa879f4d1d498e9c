import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { ChevronIcon } from '../../ui/icons';
import { UploadList } from '../../ui/upload-list';

/** Height of a folded list before the cut, in CSS pixels: four rows of one line of status. */
const FOLDED_PX = 4 * 63;

/**
 * Maximum number of measurements after another one. The height can change the width, by a scroll bar, and so the height
 * again. An even number ends two alternating heights where they began, before anything is drawn.
 */
const MAX_REPEATS = 2;

/** The uploads that are not attached. A long list ends in the middle of a row, with the number of rows below it. */
export function Uploads(props: React.ComponentProps<typeof UploadList>): React.JSX.Element {
  const { uploads } = props;
  const box = React.useRef<HTMLDivElement>(null);
  const [isWhole, setWhole] = React.useState(false);
  const { heightPx, below } = useFold(box);
  const style = { '--uploads-height': `${heightPx}px` } as React.CSSProperties;
  return (
    <div ref={box} className={isWhole ? 'uploads uploads-whole' : 'uploads'} style={style}>
      <UploadList {...props} />
      {below > 0 && (
        <button
          type="button"
          className="fold-button"
          aria-expanded={isWhole}
          onClick={() => setWhole(!isWhole)}
        >
          <ChevronIcon open={isWhole} />
          {isWhole
            ? t('Show less')
            : t('Show {count, number} more', { count: Math.min(below, uploads.length) })}
        </button>
      )}
    </div>
  );
}

/**
 * Returns the height at which the list is cut, and the number of rows that do not fit above. The first row and rows with
 * open details are never cut.
 */
function useFold(box: React.RefObject<HTMLElement>): { readonly heightPx: number; readonly below: number } {
  const [fold, setFold] = React.useState({ heightPx: FOLDED_PX, below: 0 });
  const repeats = React.useRef(0);
  const measure = (): void => {
    const list = box.current?.querySelector('.upload-list');
    // A list of many rows has only those on the screen.
    if (!list || list.scrollTop > 0) return;
    const { top } = list.getBoundingClientRect();
    const rows = Array.from(list.querySelectorAll('[data-index]'), (row) => {
      const box = row.getBoundingClientRect();
      return {
        index: Number(row.getAttribute('data-index')),
        count: Number(row.getAttribute('aria-setsize')),
        isOpen: row.querySelector('[aria-expanded=true]') !== null,
        top: box.top - top,
        height: box.height,
      };
    }).sort((a, b) => a.index - b.index);
    const cut = rows.find(
      ({ index, isOpen, top, height }) => index > 0 && !isOpen && top + height > FOLDED_PX + 1,
    );
    const end = rows.at(-1);
    const next = cut
      ? { heightPx: Math.round(cut.top + cut.height / 2), below: cut.count - cut.index }
      : { heightPx: Math.max(FOLDED_PX, end ? Math.ceil(end.top + end.height) : 0), below: 0 };
    const isSame = fold.heightPx === next.heightPx && fold.below === next.below;
    repeats.current = isSame || repeats.current === MAX_REPEATS ? 0 : repeats.current + 1;
    if (repeats.current > 0) setFold(next);
  };
  const latest = React.useRef(measure);
  React.useLayoutEffect(() => {
    latest.current = measure;
    measure();
  });
  React.useEffect(() => {
    if (!box.current) return undefined;
    // A row opens its details without a render of the list. The button below the list follows from the measurement.
    const observer = new MutationObserver((changes) => {
      if (changes.some(({ target }) => target !== box.current)) latest.current();
    });
    observer.observe(box.current, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, [box]);
  return fold;
}
