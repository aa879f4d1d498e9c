import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { formatBytes, formatMoment } from '../../../base/format';
import { DownloadIcon, FileIcon, FolderIcon, IconButton, LockIcon } from '../../../ui/icons';
import { VirtualList } from '../../../ui/virtual-list';
import { makeVisible } from '../../../base/visible-text';
import { safeFileName } from '../safe-text';
import type { Saving } from '../saving';
import { SavingStatus, useSaving } from '../saving';
import { FilterField } from '../filter-field';
import { useLoading } from '../hooks';
import { findTraces } from '../trace/find-traces';
import type { TraceViewer } from '../trace/trace-viewer';
import type { ViewerProps } from '../viewer';
import { Loaded, ViewerFrame } from '../viewer-frame';
import './archive.css';
import type { Archive, ArchiveEntry } from './open-archive';
import { openArchive } from './open-archive';

/** Estimated height of a row, in CSS pixels. */
const ROW_PX = 45;

interface ArchiveViewerProps extends ViewerProps {
  readonly leadingControls?: React.ReactNode;
  /** Note above the entries. */
  readonly note?: string | undefined;
}

/** Lists the entries of a zip archive or a zip-based file. */
export function ArchiveViewer({ file, ...props }: ArchiveViewerProps): React.JSX.Element {
  const loading = useLoading(
    React.useCallback((signal: AbortSignal) => openArchive(file.bytes, signal), [file]),
  );
  return (
    <Loaded name={file.name} loading={loading}>
      {(archive) =>
        props.leadingControls === undefined && findTraces(archive).length > 0 ? (
          <TraceOrEntries {...props} file={file} archive={archive} />
        ) : (
          <OpenArchive {...props} name={file.name} archive={archive} />
        )
      }
    </Loaded>
  );
}

/** An archive that can be a trace of Playwright, by the names of its entries. */
function TraceOrEntries(props: ViewerProps & { readonly archive: Archive }): React.JSX.Element {
  const { file } = props;
  return (
    <Loaded name={file.name} loading={useLoading(loadTraceViewer)}>
      {(Trace) => (
        <Trace
          {...props}
          renderEntries={(leadingControls, note) => (
            <OpenArchive {...props} name={file.name} leadingControls={leadingControls} note={note} />
          )}
        />
      )}
    </Loaded>
  );
}

async function loadTraceViewer(): Promise<typeof TraceViewer> {
  return (await import(/* webpackChunkName: "view-trace" */ '../trace/trace-viewer')).TraceViewer;
}

function OpenArchive(
  props: Omit<ArchiveViewerProps, 'file'> & { readonly name: string; readonly archive: Archive },
): React.JSX.Element {
  const { name, archive, saveAs, openPart, leadingControls, note } = props;
  const [filter, setFilter] = React.useState('');
  const saving = useSaving(saveAs);
  const shown = React.useMemo(() => filterEntries(archive.entries, filter), [archive, filter]);
  return (
    <ViewerFrame
      controls={
        archive.entries.length === 0 ? (
          leadingControls
        ) : (
          <>
            {leadingControls}
            <FilterField label={t('Filter the entries')} query={filter} onChange={setFilter} />
            <span className="quiet" role="status">
              {describeEntries(shown, archive)}
            </span>
          </>
        )
      }
    >
      {note !== undefined && (
        <p className="note viewer-note" role="status">
          <span>{note}</span>
        </p>
      )}
      <SavingStatus saving={saving} />
      {shown.length === 0 ? (
        <p className="quiet viewer-words">
          {archive.entries.length === 0 ? t('The archive is empty.') : t('No entries match.')}
        </p>
      ) : (
        <VirtualList
          label={t('Entries of {name}', { name })}
          rows={shown}
          keyOf={keyOfEntry}
          estimatePx={ROW_PX}
          isFocusable={!saving.save && !openPart}
          renderRow={(entry) => <EntryRow entry={entry} save={saving.save} openPart={openPart} />}
        />
      )}
    </ViewerFrame>
  );
}

function EntryRow(props: {
  entry: ArchiveEntry;
  save: Saving['save'];
  openPart: ViewerProps['openPart'];
}): React.JSX.Element {
  const { entry, save, openPart } = props;
  const { path, isFolder, isEncrypted, size, modified, extract } = entry;
  const name = safeFileName(path);
  const facts = [
    isFolder ? t('Folder') : formatBytes(size),
    modified && formatMoment(modified),
    isEncrypted && t('Encrypted'),
  ];
  return (
    <div className="viewer-entry">
      {isFolder ? <FolderIcon /> : isEncrypted ? <LockIcon /> : <FileIcon name={name} />}
      <div className="viewer-entry-text">
        {extract && openPart ? (
          <button
            type="button"
            className="link-button viewer-path"
            onClick={() => openPart({ name, size, extract })}
          >
            <bdi>{makeVisible(path)}</bdi>
          </button>
        ) : (
          <bdi className="viewer-path">{makeVisible(path)}</bdi>
        )}
        <span className="quiet">{facts.filter(Boolean).join(' · ')}</span>
      </div>
      {save && extract && (
        <IconButton
          label={t('Save {name}', { name })}
          icon={<DownloadIcon />}
          onClick={() => save(name, extract)}
        />
      )}
    </div>
  );
}

function keyOfEntry({ index }: ArchiveEntry): number {
  return index;
}

function filterEntries(entries: readonly ArchiveEntry[], filter: string): readonly ArchiveEntry[] {
  const query = filter.trim().toLowerCase();
  return query === '' ? entries : entries.filter(({ path }) => path.toLowerCase().includes(query));
}

/** `12 of 340 entries, 3.4 MB`. */
function describeEntries(shown: readonly ArchiveEntry[], { entries, isTruncated }: Archive): string {
  const count = entries.length;
  const size = formatBytes(shown.reduce((sum, entry) => sum + entry.size, 0));
  if (shown.length === count)
    return isTruncated
      ? t('First {count, plural, one {# entry} other {# entries}}, {size}', { count, size })
      : t('{count, plural, one {# entry} other {# entries}}, {size}', { count, size });
  return isTruncated
    ? t('{shown, number} of the first {count, plural, one {# entry} other {# entries}}, {size}', {
        shown: shown.length,
        count,
        size,
      })
    : t('{shown, number} of {count, plural, one {# entry} other {# entries}}, {size}', {
        shown: shown.length,
        count,
        size,
      });
}
