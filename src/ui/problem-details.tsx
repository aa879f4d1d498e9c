import * as React from 'react';
import { t } from '../base/i18n/translate';
import { describeProblem } from '../upload/messages/problems';
import type { Upload } from '../upload/upload';
import { useLazy } from './hooks';
import { ChevronIcon } from './icons';
import type { FailedState } from './problem-facts';

const loadFacts = () => import(/* webpackChunkName: "problem-details" */ './problem-details-open');

/** Details of a failure, folded at first. Their code is loaded when they are opened. */
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
      {open && <LazyFacts upload={upload} state={state} />}
    </div>
  );
}

function LazyFacts(props: { upload: Upload; state: FailedState }): React.JSX.Element | null {
  const { module, problem } = useLazy(loadFacts, true);
  if (module) return <module.Facts {...props} />;
  return problem ? <p role="alert">{describeProblem(problem, t('Details'))}</p> : null;
}
