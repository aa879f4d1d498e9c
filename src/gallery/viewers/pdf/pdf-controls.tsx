import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { SearchField } from '../search-field';
import { PageField } from './page-field';
import type { PageSearch } from './use-page-search';
import type { PageZoom } from './use-page-zoom';

/** Controls of a PDF: search, page, zoom, rotation. */
export function PdfControls(props: {
  search: PageSearch;
  /** Number of the current page. */
  page: number;
  count: number;
  onGo: (page: number) => void;
  zoom: PageZoom;
}): React.JSX.Element {
  const { search, page, count, onGo, zoom } = props;
  const { actions } = zoom;
  return (
    <>
      <SearchField search={search} status={search.status} progress={search.progress} />
      <PageField page={page} count={count} onGo={onGo} />
      <button type="button" className="viewer-button" aria-label={t('Zoom out')} onClick={actions.zoomOut}>
        −
      </button>
      <button type="button" className="viewer-button" aria-label={t('Zoom in')} onClick={actions.zoomIn}>
        +
      </button>
      <button type="button" className="viewer-button" aria-pressed={zoom.isFitted} onClick={actions.fit}>
        {t('Fit width')}
      </button>
      <button type="button" className="viewer-button" onClick={zoom.rotate}>
        {t('Rotate')}
      </button>
      <span className="quiet" role="status">
        <span className="for-screen-readers">
          {t('Page {page, number} of {count, number}', { page, count })}
          {' · '}
        </span>
        {t('{percent, number}%', { percent: Math.round(zoom.scale * 100) })}
      </span>
    </>
  );
}
