import * as React from 'react';
import { toProblem } from '../base/errors';
import type { Problem } from '../base/errors';
import { t } from '../base/i18n/translate';
import { loadModule } from '../base/load-module';
import { describeProblem } from '../upload/messages/problems';
import type { Upload } from '../upload/upload';
import { ChevronIcon } from './icons';
import type { FailedState } from './problem-facts';

const loadFacts = () =>
  loadModule(() => import(/* webpackChunkName: "problem-details" */ './problem-details-open'));

type LoadedFacts = Awaited<ReturnType<typeof loadFacts>>['Facts'];

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
  const [loaded, setLoaded] = React.useState<{ Facts?: LoadedFacts; problem?: Problem }>({});
  React.useEffect(() => {
    let isWanted = true;
    loadFacts().then(
      ({ Facts }) => isWanted && setLoaded({ Facts }),
      (error: unknown) => isWanted && setLoaded({ problem: toProblem(error) }),
    );
    return () => void (isWanted = false);
  }, []);
  const { Facts, problem } = loaded;
  if (Facts) return <Facts {...props} />;
  return problem ? <p role="alert">{describeProblem(problem, t('Details'))}</p> : null;
}
