import * as React from 'react';
import { formatBytes } from '../../base/format';
import { t } from '../../base/i18n/translate';
import { Bar } from '../../ui/bar';
import type { GallerySession } from '../gallery-session';
import type { GalleryState } from '../gallery-state';
import { toggled } from '../model/filters';
import { storageByKind } from '../model/storage';
import { nameKind } from '../sentences';
import './storage-bar.css';

/** Kinds in the legend. The filter by type has all of them. */
const MAX_NAMED = 5;

/** Storage by kind of file: a thin bar, and a legend that filters. Absent with fewer than two kinds. */
export function StorageBar(props: {
  state: GalleryState;
  session: GallerySession;
}): React.JSX.Element | null {
  const { state, session } = props;
  const { listed: files, arrangement } = state;
  const parts = React.useMemo(() => storageByKind(files), [files]);
  if (parts.length === 0) return null;
  return (
    <div className="storage">
      <div className="storage-parts" aria-hidden="true">
        {parts.map(({ kind, bytes }) => (
          <span
            key={kind}
            className={`storage-part file-icon file-icon-${kind}`}
            style={{ flexGrow: bytes }}
          />
        ))}
      </div>
      <Bar label={t('Storage by type')} className="storage-legend">
        {parts.slice(0, MAX_NAMED).map(({ kind, bytes, count }) => (
          <button
            key={kind}
            type="button"
            className="bar-button storage-button"
            aria-pressed={arrangement.kinds.has(kind)}
            aria-label={t('{type}, {size}, {count, plural, one {# file} other {# files}}', {
              type: nameKind(kind),
              size: formatBytes(bytes),
              count,
            })}
            onClick={() => session.filterBy({ kinds: toggled(arrangement.kinds, kind) })}
          >
            <span className={`storage-dot storage-part file-icon file-icon-${kind}`} />
            {nameKind(kind)} <span className="quiet storage-size">{formatBytes(bytes)}</span>
          </button>
        ))}
      </Bar>
    </div>
  );
}
