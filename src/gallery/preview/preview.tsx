import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import type { AttachedFile } from '../model/attached-file';
import { keyOfFile } from '../model/attached-file';
import { t } from '../../base/i18n/translate';
import { ErrorIcon } from '../../ui/icons';
import { readingStep } from '../../ui/reading-step';
import { useModal } from '../../ui/use-modal';
import { describeProblem, quoteName } from '../../upload/messages/problems';
import { NoticeLine, useFileTools } from '../file-actions';
import type { GallerySession } from '../gallery-session';
import type { GalleryState } from '../gallery-state';
import { canChange, previewedFile } from '../gallery-state';
import { PreviewBody } from './preview-body';
import { PreviewHeader } from './preview-header';
import { useContentFocus } from './use-content-focus';
import { useFullScreen } from './use-full-screen';
import { DownloadLines } from '../download-lines';
import { FileErrorLines } from '../file-error-lines';
import './preview.css';

/** Preview of one file, in a modal dialog. */
export function Preview(props: { state: GalleryState; session: GallerySession }): React.JSX.Element | null {
  const { file, isGone } = previewedFile(props.state);
  return file ? <Lightbox {...props} file={file} isGone={isGone} /> : null;
}

/** Elements with a use of their own for Space. */
const TAKES_SPACE = 'button, a, summary, [role="menuitem"], [role="treeitem"]';

function Lightbox(props: {
  state: GalleryState;
  session: GallerySession;
  file: AttachedFile;
  isGone: boolean;
}): React.JSX.Element {
  const { state, session, file, isGone } = props;
  const key = keyOfFile(file);
  const modal = useModal(session.closePreview, () =>
    document.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`),
  );
  const content = useContentFocus(key);
  const { element, ...fullScreen } = useFullScreen<HTMLDivElement>();
  const tools = useFileTools();
  // A tap selects nothing: the next tap in the list would select as well.
  const isTouch = React.useRef(false);
  const showNext = (step: 1 | -1): void => session.previewNext(step, isTouch.current ? 'move' : 'only');

  function onKeyDown(event: React.KeyboardEvent): void {
    isTouch.current = false;
    const { target } = event;
    const isTyping = target instanceof HTMLElement && target.matches('input, textarea, select, video, audio');
    if (event.defaultPrevented || isTyping || event.altKey || event.ctrlKey || event.metaKey) return;
    const step = readingStep(event.key);
    if (step !== 0) showNext(step);
    else if (event.key === 'F2' && !isGone && canChange(state, file)) tools.rename(file);
    else if (
      event.key === ' ' &&
      !event.repeat &&
      !(target instanceof Element && target.closest(TAKES_SPACE))
    )
      session.closePreview();
    else return;
    event.preventDefault();
  }

  return (
    <dialog
      ref={modal}
      className="preview"
      aria-label={t('Preview of {name}', { name: file.name })}
      onPointerDown={({ pointerType }) => (isTouch.current = pointerType === 'touch')}
      onKeyDown={onKeyDown}
    >
      <div ref={element} className="preview-inside">
        <PreviewHeader {...{ state, session, file, isGone, fullScreen, showNext }} />
        {isGone && (
          <div className="note gallery-trouble" role="alert">
            <ErrorIcon />
            <span>{describeProblem({ kind: 'not-attached' }, quoteName(file.name))}</span>
            <Button className="text-button" subtle={true} text={t('Close')} onClick={session.closePreview} />
          </div>
        )}
        <FileErrorLines state={state} session={session} />
        <DownloadLines downloads={session.downloads} />
        <div ref={content} className="preview-content" tabIndex={-1}>
          <PreviewBody key={key} file={file} session={session} />
        </div>
        <NoticeLine text={tools.notice} />
      </div>
    </dialog>
  );
}
