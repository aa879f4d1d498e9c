import * as React from 'react';
import type { AttachedFile } from '../model/attached-file';
import { t } from '../../base/i18n/translate';
import { formatBytes } from '../../base/format';
import { canRetryByHand } from '../../base/problem-traits';
import { ProgressBar } from '../../ui/progress-bar';
import { mayDownload, saveFile } from '../../ui/save-file';
import { quoteName } from '../../upload/messages/problems';
import type { GallerySession } from '../gallery-session';
import { DownloadContext } from '../viewers/download-context';
import { ViewerMessage } from '../viewers/viewer-message';
import { describeUnread } from '../sentences';
import { usePreview } from './use-preview';

interface PreviewBodyProps {
  readonly file: AttachedFile;
  readonly session: Pick<GallerySession, 'readBytes' | 'download' | 'runTask'>;
}

/** Content of a file in its viewer, the progress of reading it, or the reason why it cannot be shown. */
export function PreviewBody(props: PreviewBodyProps): React.JSX.Element {
  const { file, session } = props;
  const download = React.useCallback(() => void session.download(file), [session, file]);
  return (
    <DownloadContext.Provider value={download}>
      <Content {...props} />
    </DownloadContext.Provider>
  );
}

function Content({ file, session }: PreviewBodyProps): React.JSX.Element {
  const { name, size = 0 } = file;
  const { state, read, readAsText } = usePreview(session, file);
  switch (state.status) {
    case 'none':
      return (
        <ViewerMessage action={{ text: t('Show as text'), run: readAsText }}>
          {t("There's no preview for {name}.", { name: quoteName(name) })}
        </ViewerMessage>
      );
    case 'large':
      return (
        <ViewerMessage action={{ text: t('Show anyway'), run: read }}>
          {t('{name} is large. Previewing it downloads {size}.', {
            name: quoteName(name),
            size: formatBytes(size),
          })}
        </ViewerMessage>
      );
    case 'reading': {
      const percent = size > 0 ? Math.min(100, Math.floor((100 * state.bytesRead) / size)) : 0;
      return (
        <div className="preview-words">
          <p className="quiet">{t('Reading {name}…', { name: quoteName(name) })}</p>
          <ProgressBar
            label={t('Reading {name}', { name })}
            percent={percent}
            valueText={t('{percent, number}%', { percent })}
          />
        </div>
      );
    }
    case 'failed':
      return (
        <ViewerMessage
          role="alert"
          action={canRetryByHand(state.problem) ? { text: t('Retry'), run: read } : undefined}
        >
          {describeUnread(state.problem, name)}
        </ViewerMessage>
      );
    case 'ready':
      return (
        <ViewerBoundary
          fallback={
            <ViewerMessage>
              {t("Can't preview {name}. Download it to open it in another app.", { name: quoteName(name) })}
            </ViewerMessage>
          }
        >
          <state.FileInViewer
            Viewer={state.Viewer}
            file={state.viewed}
            saveAs={mayDownload() ? saveAs : undefined}
            runTask={session.runTask}
          />
        </ViewerBoundary>
      );
  }
}

function saveAs(bytes: Blob, name: string): Promise<void> {
  saveFile(bytes, name);
  return Promise.resolve();
}

interface ViewerBoundaryProps {
  /** Shown after the viewer has thrown. */
  readonly fallback: React.ReactNode;
  readonly children: React.ReactNode;
}

/** Error boundary: a file with unexpected content must not break the whole page. */
class ViewerBoundary extends React.Component<ViewerBoundaryProps, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true };
  }

  override render(): React.ReactNode {
    return this.state.hasFailed ? this.props.fallback : this.props.children;
  }
}
