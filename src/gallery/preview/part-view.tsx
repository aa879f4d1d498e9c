import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { loadModule } from '../../base/load-module';
import { FileName } from '../../ui/rich-text';
import { quoteName } from '../../upload/messages/problems';
import { chooseViewer, loadTextViewer } from '../viewers/choose-viewer';
import { DownloadContext } from '../viewers/download-context';
import { useLoading } from '../viewers/hooks';
import { RunTaskContext } from '../viewers/run-task-context';
import type { FilePart, Viewer, ViewerProps } from '../viewers/viewer';
import { Loaded } from '../viewers/viewer-frame';
import { ViewerProblem } from '../viewers/viewer-problem';

/** Maximum size of a part to show, in bytes: as of a file that is read without asking. */
const MAX_PART_BYTES = 50 * 1024 * 1024;

/**
 * Loads the viewer for a file name.
 *
 * @param isText Whether to show the file as text. Files without a viewer of their own always are.
 */
export function loadViewer(name: string, isText = false): Promise<Viewer> {
  return ((isText ? undefined : chooseViewer(name)) ?? loadTextViewer)();
}

interface FileInViewerProps extends Pick<ViewerProps, 'file' | 'saveAs' | 'runTask'> {
  readonly Viewer: Viewer;
}

/** A file in its viewer. A part that the user opens, such as an entry of an archive, covers it. */
export function FileInViewer({ Viewer, ...props }: FileInViewerProps): React.JSX.Element {
  const { name, bytes } = props.file;
  const [part, setPart] = React.useState<FilePart>();
  const opener = React.useRef<Element | null>(null);
  const close = (): void => {
    setPart(undefined);
    // After the file is visible again.
    requestAnimationFrame(() => opener.current instanceof HTMLElement && opener.current.focus());
  };
  if (bytes.size === 0)
    return <p className="quiet viewer-words">{t('{name} is empty.', { name: quoteName(name) })}</p>;
  return (
    <RunTaskContext.Provider value={props.runTask}>
      {part && <PartView {...props} part={part} onClose={close} />}
      <div className={part ? 'preview-view preview-covered' : 'preview-view'}>
        <Viewer
          {...props}
          openPart={(opened) => {
            opener.current = document.activeElement;
            setPart(opened);
          }}
        />
      </div>
    </RunTaskContext.Provider>
  );
}

function PartView(
  props: Pick<ViewerProps, 'saveAs' | 'runTask'> & {
    readonly part: FilePart;
    readonly onClose: () => void;
  },
): React.JSX.Element {
  const { part, saveAs, runTask, onClose } = props;
  const back = React.useRef<HTMLDivElement>(null);
  const loading = useLoading(
    React.useCallback(
      async (signal: AbortSignal) => {
        if (part.size > MAX_PART_BYTES) throw new ViewerProblem('entry-too-large');
        const [bytes, Viewer] = await Promise.all([
          part.extract(signal),
          loadModule(() => loadViewer(part.name)),
        ]);
        return { Viewer, file: { name: part.name, bytes } };
      },
      [part],
    ),
  );
  React.useEffect(() => back.current?.querySelector('button')?.focus(), []);
  return (
    <div
      className="preview-part"
      role="group"
      aria-label={part.name}
      data-takes-escape=""
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        // The preview stays open.
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      <div className="preview-part-bar" ref={back}>
        <button type="button" className="bar-button" onClick={onClose}>
          {t('Back')}
        </button>
        <FileName name={part.name} />
      </div>
      <Loaded name={part.name} loading={loading}>
        {({ Viewer, file }) => (
          <DownloadContext.Provider value={saveAs && (() => void saveAs(file.bytes, file.name))}>
            <FileInViewer Viewer={Viewer} file={file} saveAs={saveAs} runTask={runTask} />
          </DownloadContext.Provider>
        )}
      </Loaded>
    </div>
  );
}
