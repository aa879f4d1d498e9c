import * as React from 'react';
import * as ReactDOM from 'react-dom';
import { listOf } from '../../base/format';
import { t } from '../../base/i18n/translate';
import type { UnmatchedReason } from '../../bulk/plan/plan';
import { hint } from '../../ui/hint';
import type { Offer, Offers } from './assign-offers';
import { offersFor } from './assign-offers';
import { countItems, labelOf } from './panel-sentences';
import type { PanelSession } from './panel-session';
import type { PanelFile, PanelState } from './panel-state';

const NO_OFFERS: Offers = { shown: [], more: 0 };

/**
 * Assigns a file to a work item by number or by a part of its title: a combo box with a list of suggestions, following
 * the WAI-ARIA Authoring Practices.
 */
export function AssignField(props: {
  file: PanelFile;
  reason: UnmatchedReason;
  state: PanelState;
  session: PanelSession;
}): React.JSX.Element {
  const { file, reason, state, session } = props;
  const { items, baseUrls } = state;
  const [typed, setTyped] = React.useState('');
  const [isOpen, setOpen] = React.useState(false);
  /** Index of the active offer, -1 for none. */
  const [at, setAt] = React.useState(-1);
  const field = React.useRef<HTMLInputElement>(null);
  const { shown, more } = React.useMemo(
    () => (isOpen ? offersFor(typed, { items, reason, baseUrls }) : NO_OFFERS),
    [isOpen, typed, items, reason, baseUrls],
  );
  const listId = `offers-${file.id}`;
  const isListed = isOpen && shown.length > 0;

  const show = (text: string, active = text.trim() === '' ? -1 : 0): void => {
    setTyped(text);
    setAt(active);
    setOpen(true);
  };
  const choose = async ({ ids }: Offer): Promise<void> => {
    setTyped('');
    setOpen(false);
    focusNext(field.current);
    if (ids.some((id) => !items.some((item) => item.id === id))) await session.addItems(ids.join(' '));
    session.editFile(file.id, { workItemIds: ids });
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const offer = shown[at];
    if (step !== 0 && !isOpen) show(typed, 0);
    else if (step !== 0) setAt((Math.max(at, step < 0 ? 0 : -1) + step + shown.length) % (shown.length || 1));
    else if (event.key === 'Enter' && offer) void choose(offer);
    else if (event.key === 'Enter' && typed !== '') show(typed);
    else if (event.key === 'Escape' && isOpen) setOpen(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className="assign">
      <input
        ref={field}
        type="text"
        className="field"
        role="combobox"
        aria-label={t('Work item for {name}', { name: file.name })}
        aria-autocomplete="list"
        aria-expanded={isListed}
        aria-controls={isListed ? listId : undefined}
        aria-activedescendant={isListed && at >= 0 ? `${listId}-${at}` : undefined}
        {...hint(t('ID or part of the title'))}
        autoComplete="off"
        value={typed}
        onChange={({ target }) => show(target.value)}
        onClick={() => show(typed)}
        onKeyDown={onKeyDown}
        onBlur={() => setOpen(false)}
      />
      {isListed && (
        <OfferList
          {...{ id: listId, field, shown, more, at }}
          onChoose={(offer) => void choose(offer)}
          onClose={() => setOpen(false)}
        />
      )}
      <span className={isOpen && !isListed ? 'quiet' : 'for-screen-readers'} role="status">
        {isListed && countItems(shown.length + more)}
        {isOpen && !isListed && t('No matching work items in the list.')}
      </span>
    </div>
  );
}

/** Suggestions over the page, below the field or above it. */
function OfferList(props: {
  id: string;
  field: React.RefObject<HTMLInputElement>;
  shown: readonly Offer[];
  more: number;
  at: number;
  onChoose: (offer: Offer) => void;
  onClose: () => void;
}): React.JSX.Element {
  const { id, field, shown, more, at, onChoose, onClose } = props;
  const popup = React.useRef<HTMLDivElement>(null);
  const close = React.useRef(onClose);
  close.current = onClose;

  React.useLayoutEffect(() => {
    const place = field.current?.getBoundingClientRect();
    if (!place || !popup.current) return;
    const { style, offsetHeight } = popup.current;
    const width = Math.min(Math.max(place.width, 320), window.innerWidth - 8);
    style.width = `${width}px`;
    style.left = `${Math.max(4, Math.min(place.left, window.innerWidth - width - 4))}px`;
    const isBelow = place.bottom + offsetHeight <= window.innerHeight || place.top < offsetHeight;
    style.top = isBelow ? `${place.bottom}px` : '';
    style.bottom = isBelow ? '' : `${window.innerHeight - place.top}px`;
  });
  React.useEffect(() => {
    // The list would stay behind when the field moves.
    const onScroll = ({ target }: Event): void => {
      if (!(target instanceof Node && popup.current?.contains(target))) close.current();
    };
    window.addEventListener('scroll', onScroll, true);
    window.addEventListener('resize', onScroll);
    return () => {
      window.removeEventListener('scroll', onScroll, true);
      window.removeEventListener('resize', onScroll);
    };
  }, []);
  React.useEffect(
    () => popup.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' }),
    [at],
  );

  return ReactDOM.createPortal(
    // A press must leave the focus in the field.
    <div ref={popup} className="menu offers" onMouseDown={(event) => event.preventDefault()}>
      <ul id={id} role="listbox" aria-label={t('Work items')}>
        {shown.map((offer, index) => (
          <li
            key={offer.ids.join(' ')}
            id={`${id}-${index}`}
            role="option"
            className="menu-item"
            aria-selected={index === at}
            onClick={() => onChoose(offer)}
          >
            <span className="plan-row-title">
              {offer.item ? labelOf(offer.item) : t('Add {ids}', { ids: listOf(offer.ids.map(String)) })}{' '}
              <bdi className="quiet">{offer.item?.title}</bdi>
            </span>
          </li>
        ))}
      </ul>
      {more > 0 && (
        <p className="quiet menu-title">
          {t('{count, number} more. Keep typing to narrow the list.', { count: more })}
        </p>
      )}
    </div>,
    document.body,
  );
}

/** Focuses the combo box of the next file, or else of the one before. Without any, the focus stays in its row. */
function focusNext(field: HTMLInputElement | null): void {
  const list = field?.closest('[role="list"]');
  const all = [...(list?.querySelectorAll<HTMLInputElement>('[role="combobox"]') ?? [])];
  const at = all.findIndex((each) => each === field);
  (all[at + 1] ?? all[at - 1])?.focus();
}
