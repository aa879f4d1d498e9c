import * as React from 'react';
import { formatAmount, formatBytes } from '../../base/format';
import { t } from '../../base/i18n/translate';
import { useStore } from '../../ui/hooks';
import { describeCaptureProblem, describeWayOut, formatElapsed } from './capture-sentences';
import type { CaptureSession } from './capture-session';
import type { Captured, CaptureState } from './capture-state';
import { MAX_RECORDING_BYTES } from './capture-state';

type StateOf<Step extends CaptureState['step']> = Extract<CaptureState, { step: Step }>;

/** The capture page. */
export function CaptureView(props: {
  session: CaptureSession;
  /** `Bug 7`; empty if unknown. */
  workItem: string;
}): React.JSX.Element {
  const { session, workItem } = props;
  const state = useStore(session);
  const content = useFocusAtStep(state.step);
  return (
    <>
      <h1>{workItem ? t('Capture the screen for {workItem}', { workItem }) : t('Capture the screen')}</h1>
      <div ref={content} className="capture-content" tabIndex={-1}>
        {state.step === 'ready' && <Ready state={state} session={session} />}
        {state.step === 'choosing' && <p role="status">{t('Choose a screen, a window, or a tab.')}</p>}
        {state.step === 'recording' && <Recording state={state} session={session} />}
        {state.step === 'done' && <Done state={state} session={session} />}
      </div>
    </>
  );
}

/** The focused button is gone with the step before. */
function useFocusAtStep(step: CaptureState['step']): React.RefObject<HTMLDivElement> {
  const content = React.useRef<HTMLDivElement>(null);
  const isFirst = React.useRef(true);
  React.useEffect(() => {
    if (!isFirst.current) content.current?.focus({ preventScroll: true });
    isFirst.current = false;
  }, [step]);
  return content;
}

function Ready({ state, session }: { state: StateOf<'ready'>; session: CaptureSession }): React.JSX.Element {
  const { problem } = state;
  const canCapture = problem !== 'unsupported' && problem !== 'insecure';
  return (
    <>
      {problem ? (
        <p role="alert">{describeCaptureProblem(problem)}</p>
      ) : (
        <p>{t("To leave out this window, share another window or a tab. Sound isn't recorded.")}</p>
      )}
      {!session.hasForm && (
        <p>
          {t("This window can't reach the form.")} {t('You can copy or save the result.')}
        </p>
      )}
      {canCapture && (
        <div className="capture-buttons">
          <Action
            isPrimary={true}
            text={t('Take a screenshot')}
            onClick={() => void session.capture('image')}
          />
          {session.canRecord && (
            <Action text={t('Record')} onClick={() => void session.capture('recording')} />
          )}
        </div>
      )}
      {canCapture && !session.canRecord && <p>{describeCaptureProblem('no-recorder')}</p>}
    </>
  );
}

function Recording(props: { state: StateOf<'recording'>; session: CaptureSession }): React.JSX.Element {
  const { bytes, elapsedMs } = props.state;
  const amount = formatAmount(bytes, MAX_RECORDING_BYTES);
  return (
    <>
      <p className="capture-clock">
        <span className="capture-dot" aria-hidden={true} />
        <span role="timer">{formatElapsed(elapsedMs)}</span>
        <span>{amount}</span>
      </p>
      <progress
        aria-label={t('Size of the recording')}
        aria-valuetext={amount}
        max={MAX_RECORDING_BYTES}
        value={bytes}
      />
      <div className="capture-buttons">
        <Action isPrimary={true} text={t('Stop')} onClick={props.session.stop} />
      </div>
    </>
  );
}

function Done({ state, session }: { state: StateOf<'done'>; session: CaptureSession }): React.JSX.Element {
  const { captured, handOver, copy, isSaved } = state;
  const wayOut = describeWayOut(state, session.hasForm);
  const canAttach = !wayOut && handOver !== 'taken';
  const note = noteFor(state);
  return (
    <>
      <Result captured={captured} />
      {captured.isCut && (
        <p>
          {t('The recording ended at {size}, the size limit of a file.', {
            size: formatBytes(MAX_RECORDING_BYTES),
          })}
        </p>
      )}
      {wayOut && (
        <div role="alert">
          <p>{wayOut.reason}</p>
          <p>{wayOut.step}</p>
        </div>
      )}
      <p className="capture-note" role="status">
        {note}
      </p>
      {handOver !== 'taken' && (
        <div className="capture-buttons">
          {canAttach && (
            <Action
              isPrimary={true}
              text={t('Attach')}
              isDisabled={handOver === 'handing'}
              onClick={() => void session.attach()}
            />
          )}
          {captured.kind === 'image' && (
            <Action
              isPrimary={!canAttach}
              text={copy === 'copied' ? t('Copied') : t('Copy')}
              onClick={() => void session.copy()}
            />
          )}
          <Action
            isPrimary={!canAttach && captured.kind === 'recording'}
            text={isSaved ? t('Saved') : t('Save')}
            onClick={session.save}
          />
          <Action text={t('Again')} isDisabled={handOver === 'handing'} onClick={session.again} />
        </div>
      )}
    </>
  );
}

function noteFor({ captured, handOver, copy }: StateOf<'done'>): string {
  if (handOver === 'taken') return t('The form attaches the file. You can close this window.');
  if (copy === 'failed') return t("This browser can't copy the image. Save it instead.");
  return `${captured.file.name} (${formatBytes(captured.file.size)})`;
}

/** Preview of the file. */
function Result({ captured: { kind, file } }: { captured: Captured }): React.JSX.Element {
  const [url, setUrl] = React.useState('');
  React.useEffect(() => {
    const created = URL.createObjectURL(file);
    setUrl(created);
    return () => URL.revokeObjectURL(created);
  }, [file]);
  if (!url) return <div className="capture-result" />;
  return kind === 'image' ? (
    <img className="capture-result" src={url} alt={t('Captured image')} />
  ) : (
    <video className="capture-result" src={url} controls={true} aria-label={t('Recording')} />
  );
}

function Action(props: {
  text: string;
  isPrimary?: boolean;
  isDisabled?: boolean;
  onClick: () => void;
}): React.JSX.Element {
  const { text, isPrimary = false, isDisabled = false, onClick } = props;
  return (
    <button
      type="button"
      className={isPrimary ? 'capture-button capture-button-primary' : 'capture-button'}
      aria-disabled={isDisabled}
      onClick={() => !isDisabled && onClick()}
    >
      {text}
    </button>
  );
}
