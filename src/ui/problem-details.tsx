import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { describeDiagnostics } from '../base/diagnostics';
import { t } from '../base/i18n/translate';
import type { Upload } from '../upload/upload';
import { copyText } from './copy-text';
import { ChevronIcon } from './icons';
import type { FailedState } from './problem-facts';
import { describeFacts, diagnosticFactsOf, factsOf } from './problem-facts';

/** Time the button shows `Copied`, in milliseconds. */
const COPIED_MS = 4_000;

/** Details of a failure, folded at first. */
export function ProblemDetails(props: { upload: Upload; state: FailedState }): React.JSX.Element {
  const { upload, state } = props;
  const [open, setOpen] = React.useState(false);
  return (
    <div className="problem-details">
      <button
        type="button"
        className="fold-button"
        aria-expanded={open}
        aria-label={t('Details of {name}', { name: upload.file.name })}
        onClick={() => setOpen(!open)}
      >
        <ChevronIcon open={open} />
        {t('Details')}
      </button>
      {open && <Facts upload={upload} state={state} />}
    </div>
  );
}

function Facts({ upload, state }: { upload: Upload; state: FailedState }): React.JSX.Element {
  const [refused, setRefused] = React.useState<string>();
  return (
    <div className="problem-details-open">
      <dl className="problem-facts">
        {factsOf(state).map(({ term, value }) => (
          <div key={term} className="problem-fact">
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {refused !== undefined && <ManualCopy text={refused} />}
      <CopyButton
        label={t('Copy details')}
        read={() => describeFacts(upload, state, new Date())}
        onResult={setRefused}
      />
      <CopyButton
        label={t('Copy diagnostics')}
        read={() => describeDiagnostics(diagnosticFactsOf(state))}
        onResult={setRefused}
      />
    </div>
  );
}

/** Copies a text, read at the click. */
function CopyButton(props: {
  label: string;
  read: () => string;
  /** Called with the text if the browser refuses to copy, else with `undefined`. */
  onResult: (refused: string | undefined) => void;
}): React.JSX.Element {
  const { label, read, onResult } = props;
  const [isCopied, setIsCopied] = React.useState(false);

  React.useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);

  const copy = async (): Promise<void> => {
    const text = read();
    const hasCopied = await copyText(text);
    setIsCopied(hasCopied);
    onResult(hasCopied ? undefined : text);
  };

  return (
    <>
      <Button className="text-button" text={isCopied ? t('Copied') : label} onClick={() => void copy()} />
      <span className="for-screen-readers" role="status">
        {isCopied && t('Copied')}
      </span>
    </>
  );
}

/** Selected text to copy with the keyboard, for pages without access to the clipboard. */
function ManualCopy({ text }: { text: string }): React.JSX.Element {
  const area = React.useRef<HTMLTextAreaElement>(null);
  React.useEffect(() => {
    area.current?.focus();
    area.current?.select();
  }, [text]);
  return (
    <label className="problem-text">
      {t('The browser does not let Stapler copy. The text is selected: copy it with the keyboard.')}
      <textarea ref={area} readOnly={true} rows={6} value={text} />
    </label>
  );
}
