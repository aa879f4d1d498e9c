import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import type { AttachedFile } from '../model/attached-file';
import { t } from '../../base/i18n/translate';
import { formatBytes } from '../../base/format';
import { canRetryByHand } from '../../base/problem-traits';
import { ProgressBar } from '../../ui/progress-bar';
import { mayDownload, saveFile } from '../../ui/save-file';
import { describeProblem, quoteName } from '../../upload/messages/problems';
import type { GallerySession } from '../gallery-session';
import { usePreview } from './use-preview';

interface PreviewBodyProps {
  readonly file: AttachedFile;
  readonly session: Pick<GallerySession, 'readBytes' | 'download' | 'runTask'>;
}

/** Content of a file in its viewer, the progress of reading it, or the reason why it cannot be shown. */
export function PreviewBody(props: PreviewBodyProps): React.JSX.Element {
  const { file, session } = props;
  const { name, size = 0 } = file;
  const { state, read, readAsText } = usePreview(session, file);
  switch (state.status) {
    case 'none':
      return (
        <Message {...props} action={{ text: t('Show as text'), run: readAsText }}>
          {t("There's no preview for {name}.", { name: quoteName(name) })}
        </Message>
      );
    case 'large':
      return (
        <Message {...props} action={{ text: t('Show anyway'), run: read }}>
          {t('{name} is large. Previewing it downloads {size}.', {
            name: quoteName(name),
            size: formatBytes(size),
          })}
        </Message>
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
        <Message
          {...props}
          isAlert={true}
          action={canRetryByHand(state.problem) ? { text: t('Retry'), run: read } : undefined}
        >
          {describeProblem(state.problem, quoteName(name))}
        </Message>
      );
    case 'ready':
      return (
        <ViewerBoundary
          fallback={
            <Message {...props}>
              {t("Can't preview {name}. Download it to open it in another app.", { name: quoteName(name) })}
            </Message>
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

function Message(
  props: PreviewBodyProps & {
    readonly isAlert?: boolean;
    readonly action?: { readonly text: string; readonly run: () => void } | undefined;
    readonly children: React.ReactNode;
  },
): React.JSX.Element {
  const { file, session, isAlert, action, children } = props;
  return (
    <div className="preview-words">
      <p role={isAlert ? 'alert' : undefined}>{children}</p>
      <div className="preview-actions">
        {action && <Button text={action.text} primary={true} onClick={action.run} />}
        <Button text={t('Download')} onClick={() => void session.download(file)} />
      </div>
    </div>
  );
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
