import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import type { SortKey } from '../model/arrange';
import { countKinds } from '../model/arrange';
import { t } from '../../base/i18n/translate';
import { FILE_KINDS } from '../../base/file-kind';
import { MoreButton } from '../file-actions';
import type { GallerySession } from '../gallery-session';
import type { GalleryState, View } from '../gallery-state';
import { selectedFiles } from '../gallery-state';
import { describeRemoving } from '../changes/change-sentences';
import { describeCount, describeKind, nameSortKey } from '../sentences';
import { hint } from '../../ui/hint';
import { ZipAllButton, ZipButton } from '../zip/zip-line';

const VIEWS: readonly (readonly [View, () => string])[] = [
  ['list', () => t('List')],
  ['grid', () => t('Grid')],
];

const SORT_KEYS: readonly SortKey[] = ['name', 'kind', 'size', 'addedAt', 'addedBy', 'comment'];

/** Search, order, view and filters of the list, and the actions for the selected files. */
export function Toolbar(props: {
  state: GalleryState;
  session: GallerySession;
  /** Shown before the search. */
  children?: React.ReactNode;
}): React.JSX.Element {
  const { state, session, children } = props;
  const { files = [], shown, arrangement, view, withFamily } = state;
  const counts = React.useMemo(() => countKinds(files), [files]);
  return (
    <div className="gallery-toolbar">
      <div className="gallery-line">
        {children}
        <input
          type="search"
          className="field gallery-search"
          {...hint(t('Search names, comments, people'))}
          aria-label={t('Search the attachments')}
          value={arrangement.text}
          onChange={({ target }) => session.setText(target.value)}
        />
        <div className="gallery-ways">
          <div className="tabs" role="group" aria-label={t('Show as')}>
            {VIEWS.map(([each, nameView]) => (
              <button
                key={each}
                type="button"
                aria-pressed={view === each}
                onClick={() => session.setView(each)}
              >
                {nameView()}
              </button>
            ))}
          </div>
          <SortBy state={state} session={session} />
          <button
            type="button"
            className="chip"
            aria-pressed={withFamily}
            title={t('Show the files of the parent, the children and related work items as well')}
            onClick={() => session.setWithFamily(!withFamily)}
          >
            {t('Related items')}
          </button>
        </div>
      </div>
      {counts.size > 1 && (
        <div className="chips" role="group" aria-label={t('Kinds of files')}>
          {FILE_KINDS.filter((kind) => counts.has(kind)).map((kind) => (
            <button
              key={kind}
              type="button"
              className="chip"
              aria-pressed={arrangement.kinds.has(kind)}
              onClick={() => session.toggleKind(kind)}
            >
              {describeKind(kind, counts.get(kind) ?? 0)}
            </button>
          ))}
        </div>
      )}
      <div className="gallery-line" data-keeps-focus="">
        <p className="quiet" role="status">
          {describeCount(shown, files)}
        </p>
        <SelectionActions state={state} session={session} />
      </div>
    </div>
  );
}

/** Order of the files, for views without column headers. */
function SortBy(props: { state: GalleryState; session: GallerySession }): React.JSX.Element {
  const { state, session } = props;
  const { sortBy, isDescending } = state.arrangement;
  return (
    <div className={state.view === 'grid' ? 'gallery-sort' : 'gallery-sort gallery-sort-narrow'}>
      <select
        className="field"
        aria-label={t('Sort by')}
        value={sortBy}
        onChange={({ target }) => session.sortBy(target.value as SortKey)}
      >
        {SORT_KEYS.map((key) => (
          <option key={key} value={key}>
            {nameSortKey(key)}
          </option>
        ))}
      </select>
      <button
        type="button"
        className="icon-button"
        aria-label={
          isDescending ? t('Descending; sort the other way round') : t('Ascending; sort the other way round')
        }
        onClick={() => session.sortBy(sortBy)}
      >
        {isDescending ? '↓' : '↑'}
      </button>
    </div>
  );
}

function SelectionActions(props: { state: GalleryState; session: GallerySession }): React.JSX.Element | null {
  const { state, session } = props;
  const selected = selectedFiles(state);
  if (selected.length === 0) return <ZipAllButton state={state} session={session} />;
  const only = selected.length === 1 ? selected[0] : undefined;
  const isBusy = state.busy.size > 0;
  return (
    <div className="gallery-buttons" role="group" aria-label={t('With the selected files')}>
      <span className="quiet">
        {t('{count, plural, one {# selected} other {# selected}}', { count: selected.length })}
      </span>
      {only && (
        <>
          <Button
            className="text-button"
            subtle={true}
            text={t('Preview')}
            onClick={() => session.preview(only)}
          />
          <Button
            className="text-button"
            subtle={true}
            text={t('Download')}
            onClick={() => void session.download(only)}
          />
        </>
      )}
      {selected.length > 1 && (
        <ZipButton text={t('Download (zip)')} files={selected} state={state} session={session} />
      )}
      {!state.isReadOnly && (
        <Button
          className="text-button"
          subtle={true}
          disabled={isBusy}
          text={t('Remove')}
          ariaLabel={describeRemoving(selected)}
          onClick={() => void session.remove(selected)}
        />
      )}
      <MoreButton files={selected} />
      <Button className="text-button" subtle={true} text={t('Select none')} onClick={session.selectNone} />
    </div>
  );
}
