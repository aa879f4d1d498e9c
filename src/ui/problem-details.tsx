import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../base/i18n/translate';
import type { Upload } from '../upload/upload';
import { copyText } from './copy-text';
import { ChevronIcon } from './icons';
import type { FailedState } from './problem-facts';
import { describeFacts, factsOf } from './problem-facts';

/** Result of the last copy. */
type Copy = { readonly status: 'none' | 'copied' } | { readonly status: 'refused'; readonly text: string };

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
  const [copy, setCopy] = React.useState<Copy>({ status: 'none' });

  React.useEffect(() => {
    if (copy.status !== 'copied') return;
    const timer = setTimeout(() => setCopy({ status: 'none' }), COPIED_MS);
    return () => clearTimeout(timer);
  }, [copy]);

  const onCopy = async (): Promise<void> => {
    const text = describeFacts(upload, state, new Date());
    setCopy((await copyText(text)) ? { status: 'copied' } : { status: 'refused', text });
  };

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
      {copy.status === 'refused' && <ManualCopy text={copy.text} />}
      <Button
        className="text-button"
        text={copy.status === 'copied' ? t('Copied') : t('Copy details')}
        onClick={() => void onCopy()}
      />
      <span className="for-screen-readers" role="status">
        {copy.status === 'copied' && t('Copied')}
      </span>
    </div>
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
