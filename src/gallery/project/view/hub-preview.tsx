import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { ArrowIcon, CrossIcon, DownloadIcon, IconButton } from '../../../ui/icons';
import { readingStep } from '../../../ui/reading-step';
import { FileName } from '../../../ui/rich-text';
import { useModal } from '../../../ui/use-modal';
import { DownloadLines } from '../../download-lines';
import { PreviewBody } from '../../preview/preview-body';
import { useContentFocus } from '../../preview/use-content-focus';
import { describeDate, describeSize } from '../../sentences';
import type { ProjectFile } from '../project-index';
import type { HubFiles } from '../session/hub-files';
import { toAttachedFile } from '../session/hub-files';
import type { HubSession } from '../session/hub-session';
import type { HubState } from '../session/hub-state';
import { rowOf } from '../session/row-pages';
import { FileErrorLine } from './file-lines';
import { describeFoundParts, describeItem } from './hub-sentences';

interface PreviewProps {
  readonly state: HubState;
  readonly session: HubSession;
}

/** Preview of one found file, in a modal dialog. Its neighbors are those of the list. */
export function HubPreview({ state, session }: PreviewProps): React.JSX.Element | null {
  const { previewed, result } = state;
  if (previewed === undefined || !result || !session.files) return null;
  return (
    <Lightbox
      state={state}
      session={session}
      files={session.files}
      row={previewed}
      count={result.count}
      file={rowOf(result.pages, previewed)}
    />
  );
}

interface LightboxProps extends PreviewProps {
  readonly files: HubFiles;
  readonly row: number;
  readonly count: number;
  /** `undefined` while it is being read. */
  readonly file: ProjectFile | undefined;
}

/** Elements with a use of their own for Space. */
const TAKES_SPACE = 'button, a, summary, [role="menuitem"], [role="treeitem"]';

function Lightbox(props: LightboxProps): React.JSX.Element {
  const { state, session, files, row, file } = props;
  const modal = useModal(session.closePreview, () =>
    document.querySelector<HTMLElement>(`[data-row="${row}"]`),
  );
  const content = useContentFocus(String(row));

  function onKeyDown(event: React.KeyboardEvent): void {
    // Keys must not reach the list below.
    event.stopPropagation();
    const { target } = event;
    const isTyping = target instanceof HTMLElement && target.matches('input, textarea, select, video, audio');
    if (event.defaultPrevented || isTyping || event.altKey || event.ctrlKey || event.metaKey) return;
    const step = readingStep(event.key);
    const takesSpace = target instanceof Element && target.closest(TAKES_SPACE) !== null;
    if (step !== 0) session.previewNext(step);
    else if (event.key === ' ' && !event.repeat && !takesSpace) session.closePreview();
    else return;
    event.preventDefault();
  }

  return (
    <dialog
      ref={modal}
      className="preview"
      aria-label={file ? t('Preview of {name}', { name: file.name }) : t('Preview')}
      onKeyDown={onKeyDown}
    >
      <div className="preview-inside">
        <Head {...props} />
        <FileErrorLine error={state.fileError} session={session} />
        <DownloadLines downloads={files.downloads} />
        <div ref={content} className="preview-content" tabIndex={-1}>
          {file ? <Body key={row} file={file} files={files} session={session} /> : <p>{t('Loading…')}</p>}
        </div>
      </div>
    </dialog>
  );
}

function Head({ session, row, count, file }: LightboxProps): React.JSX.Element {
  const facts = file
    ? [
        describeSize(file.size),
        describeFoundParts(file)?.text,
        describeDate(file.addedAt),
        file.addedBy,
        file.comment,
      ]
    : [];
  return (
    <div className="preview-head">
      {file && (
        <div className="preview-title">
          <h2>
            <FileName name={file.name} />
          </h2>
          <p className="quiet">
            <button
              type="button"
              className="link-button"
              aria-label={t('Open {workItem}', { workItem: describeItem(file.item) })}
              onClick={() => session.openWorkItem(file.item.id)}
            >
              {describeItem(file.item)}
            </button>
            {facts.filter(Boolean).map((fact) => (
              <React.Fragment key={fact}>
                {' · '}
                <bdi>{fact}</bdi>
              </React.Fragment>
            ))}
          </p>
        </div>
      )}
      <div className="preview-buttons" data-keeps-focus="">
        <IconButton
          label={t('Previous file')}
          icon={<ArrowIcon back={true} />}
          isDisabled={row === 0}
          onClick={() => session.previewNext(-1)}
        />
        <span className="quiet" role="status">
          {t('{place, number} of {count, number}', { place: row + 1, count })}
        </span>
        <IconButton
          label={t('Next file')}
          icon={<ArrowIcon back={false} />}
          isDisabled={row === count - 1}
          onClick={() => session.previewNext(1)}
        />
        {file && (
          <IconButton
            label={t('Download {name}', { name: file.name })}
            icon={<DownloadIcon />}
            onClick={() => void session.download(file)}
          />
        )}
        <IconButton label={t('Close the preview')} icon={<CrossIcon />} onClick={session.closePreview} />
      </div>
    </div>
  );
}

function Body(props: { file: ProjectFile; files: HubFiles; session: HubSession }): React.JSX.Element {
  const { file, files, session } = props;
  // The preview reads its file once, so both must stay the same.
  const [attached] = React.useState(() => toAttachedFile(file));
  const [access] = React.useState(() => ({
    readBytes: files.readBytes,
    runTask: files.runTask,
    download: () => session.download(file),
  }));
  return <PreviewBody file={attached} session={access} />;
}
