import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { MAX_ATTACHMENTS_PER_WORK_ITEM } from '../../azure/work-item';
import { t } from '../../base/i18n/translate';
import { Bar } from '../../ui/bar';
import { MoreIcon } from '../../ui/icons';
import { helpItems } from '../../ui/help-items';
import type { MenuItem } from '../../ui/menu';
import { MenuButton } from '../../ui/menu-button';
import { describeRemoving } from '../changes/change-sentences';
import { MoreButton, useFileTools } from '../file-actions';
import type { GallerySession } from '../gallery-session';
import type { GalleryState, View } from '../gallery-state';
import { hasFolders, selectedFiles } from '../gallery-state';
import { describeCount, withCount } from '../sentences';
import { ZipAllButton, ZipButton } from '../zip/zip-line';
import { GridIcon, ListIcon, SearchIcon } from './bar-icons';
import { ClearFilters, FilterButtons } from './filters';
import { SortButton } from './sort-button';
import { StorageBar } from './storage-bar';

const VIEWS: readonly (readonly [View, () => string, () => React.JSX.Element])[] = [
  ['list', () => t('List'), ListIcon],
  ['grid', () => t('Grid'), GridIcon],
];

/** Attachments on a work item that come near the limit. */
const CROWDED = 0.8 * MAX_ATTACHMENTS_PER_WORK_ITEM;

/** Search, filters, order and view of the list, and the actions for the selected files. */
export function Toolbar(props: {
  state: GalleryState;
  session: GallerySession;
  /** See `Gallery`. */
  isSmall: boolean;
  moreItems: (() => readonly MenuItem[]) | undefined;
  /** Shown before the search. */
  children?: React.ReactNode;
}): React.JSX.Element {
  const { state, session, isSmall, moreItems, children } = props;
  const { listed: files, shown, arrangement, withFamily, withTexts, texts } = state;
  const { showHistory, bundleOldest } = useFileTools();
  const isCrowded = canBundle(state);
  return (
    <div className="gallery-toolbar">
      <div className="gallery-bar" data-keeps-focus="">
        {children}
        <div className="gallery-search-place">
          <SearchIcon />
          <input
            type="search"
            className="field gallery-search"
            placeholder={t('Search')}
            title={t('Search names, comments, people')}
            aria-label={t('Search attachments')}
            value={arrangement.text}
            onChange={({ target }) => session.filterBy({ text: target.value })}
          />
        </div>
        <Bar label={t('Filters and view')} className="gallery-ways">
          <FilterButtons state={state} session={session} />
          <Views state={state} session={session} />
          <SortButton state={state} session={session} />
          <button
            type="button"
            className="bar-button"
            aria-pressed={withFamily}
            title={t('Also show files from parent, child, and related work items')}
            onClick={() => session.setWithFamily(!withFamily)}
          >
            <span className="bar-text">{t('Related items')}</span>
          </button>
          <button
            type="button"
            className="bar-button"
            aria-pressed={withTexts}
            title={t('Also show images and files in the description, other fields, and comments')}
            onClick={() => session.setWithTexts(!withTexts)}
          >
            <span className="bar-text">
              {texts && texts.files.length > 0
                ? withCount(t('In the text'), texts.files.length)
                : t('In the text')}
            </span>
          </button>
          {hasFolders(state) && (
            <button
              type="button"
              className="bar-button"
              aria-pressed={arrangement.byFolder === true}
              onClick={() => session.groupByFolder(!arrangement.byFolder)}
            >
              <span className="bar-text">{t('Group by folder')}</span>
            </button>
          )}
          {/* In the form, the menu of the group has the rest. */}
          {isSmall ? (
            <>
              {isCrowded && (
                <button type="button" className="bar-button" onClick={bundleOldest}>
                  <span className="bar-text">{t('Bundle old attachments…')}</span>
                </button>
              )}
              <button type="button" className="bar-button" onClick={showHistory}>
                <span className="bar-text">{t('History…')}</span>
              </button>
            </>
          ) : (
            <MenuButton
              label={t('More actions')}
              icon={<MoreIcon />}
              items={() => [
                ...(moreItems?.() ?? []),
                { text: t('Select all'), onSelect: session.selectAll },
                ...(isCrowded ? [{ text: t('Bundle old attachments…'), onSelect: bundleOldest }] : []),
                { text: t('History…'), onSelect: showHistory },
                ...helpItems(),
              ]}
            />
          )}
        </Bar>
      </div>
      <StorageBar state={state} session={session} />
      <div className="gallery-line" data-keeps-focus="">
        <div className="gallery-count" data-keeps-focus="">
          <p className="quiet" role="status">
            {files.length > 0 && describeCount(shown, files)}
          </p>
          {shown.length > 0 && <ClearFilters state={state} session={session} />}
        </div>
        <SelectionActions state={state} session={session} />
      </div>
    </div>
  );
}

/** Whether the work item in the form comes near the limit, so that its old attachments are worth a command. */
function canBundle({ files = [], isReadOnly, workItemId }: GalleryState): boolean {
  const own = files.filter((file) => file.workItemId === workItemId);
  return !isReadOnly && own.length >= CROWDED;
}

function Views(props: { state: GalleryState; session: GallerySession }): React.JSX.Element {
  const { state, session } = props;
  return (
    <div className="bar-group" role="group" aria-label={t('Show as')}>
      {VIEWS.map(([view, nameView, Icon]) => (
        <button
          key={view}
          type="button"
          className="bar-button"
          aria-label={nameView()}
          title={nameView()}
          aria-pressed={state.view === view}
          onClick={() => session.setView(view)}
        >
          <Icon />
        </button>
      ))}
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
    <Bar className="gallery-buttons" label={t('Actions for selected files')}>
      <span className="quiet">
        {t('{count, plural, one {# selected} other {# selected}}', { count: selected.length })}
      </span>
      {only && (
        <>
          {!session.isHidden('previews') && (
            <Button
              className="text-button"
              subtle={true}
              text={t('Preview')}
              onClick={() => session.preview(only)}
            />
          )}
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
      {!state.isReadOnly && !selected.some(({ inText }) => inText) && (
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
      <Button
        className="text-button"
        subtle={true}
        text={t('Clear selection')}
        onClick={session.selectNone}
      />
    </Bar>
  );
}
