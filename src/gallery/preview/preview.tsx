import * as React from 'react';
import type { AttachedFile } from '../model/attached-file';
import { keyOfFile } from '../model/attached-file';
import { t } from '../../base/i18n/translate';
import { FileName } from '../../ui/rich-text';
import { ArrowIcon, CrossIcon, DownloadIcon, IconButton } from '../../ui/icons';
import { readingStep } from '../../ui/reading-step';
import { useModal } from '../../ui/use-modal';
import type { GallerySession } from '../gallery-session';
import type { GalleryState } from '../gallery-state';
import { previewedFile } from '../gallery-state';
import { PreviewBody } from './preview-body';
import { describeDate, describeSize } from '../sentences';
import { FileErrorLines } from '../file-error-lines';
import './preview.css';

/** Preview of one file, in a modal dialog. */
export function Preview(props: { state: GalleryState; session: GallerySession }): React.JSX.Element | null {
  const { file } = previewedFile(props.state);
  return file ? <Lightbox {...props} file={file} /> : null;
}

function Lightbox(props: {
  state: GalleryState;
  session: GallerySession;
  file: AttachedFile;
}): React.JSX.Element {
  const { state, session, file } = props;
  const { shown } = state;
  const { at } = previewedFile(state);
  const key = keyOfFile(file);
  const modal = useModal(session.closePreview, () =>
    document.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`),
  );
  // A tap selects nothing: the next tap in the list would select as well.
  const isTouch = React.useRef(false);
  const showNext = (step: 1 | -1): void => session.previewNext(step, isTouch.current ? 'move' : 'only');
  const facts = [describeSize(file.size), describeDate(file.addedAt), file.addedBy].filter(Boolean);

  function onKeyDown(event: React.KeyboardEvent): void {
    isTouch.current = false;
    const { target } = event;
    const isTyping = target instanceof HTMLElement && target.matches('input, textarea, select, video, audio');
    if (event.defaultPrevented || isTyping || event.altKey || event.ctrlKey || event.metaKey) return;
    const step = readingStep(event.key);
    if (step === 0) return;
    event.preventDefault();
    showNext(step);
  }

  return (
    <dialog
      ref={modal}
      className="preview"
      aria-label={t('Preview of {name}', { name: file.name })}
      onPointerDown={({ pointerType }) => (isTouch.current = pointerType === 'touch')}
      onKeyDown={onKeyDown}
    >
      <div className="preview-head">
        <div className="preview-title">
          <h2>
            <FileName name={file.name} />
          </h2>
          <p className="quiet">
            {facts.join(' · ')}
            {file.comment && (
              <>
                {' · '}
                <bdi title={file.comment}>{file.comment}</bdi>
              </>
            )}
          </p>
        </div>
        <div className="preview-buttons">
          {shown.length > 1 && at >= 0 && (
            <>
              <IconButton
                label={t('Previous file')}
                icon={<ArrowIcon back={true} />}
                isDisabled={at === 0}
                onClick={() => showNext(-1)}
              />
              <span className="quiet" role="status">
                {t('{place, number} of {count, number}', { place: at + 1, count: shown.length })}
              </span>
              <IconButton
                label={t('Next file')}
                icon={<ArrowIcon back={false} />}
                isDisabled={at === shown.length - 1}
                onClick={() => showNext(1)}
              />
            </>
          )}
          <IconButton
            label={t('Download {name}', { name: file.name })}
            icon={<DownloadIcon />}
            onClick={() => void session.download(file)}
          />
          <IconButton label={t('Close the preview')} icon={<CrossIcon />} onClick={session.closePreview} />
        </div>
      </div>
      <FileErrorLines state={state} session={session} />
      <PreviewBody key={key} file={file} session={session} />
    </dialog>
  );
}
