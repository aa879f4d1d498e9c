import * as React from 'react';
import { describeDiagnostics } from '../base/diagnostics';
import { t } from '../base/i18n/translate';
import type { Upload } from '../upload/upload';
import { CopyButton, ManualCopy } from './copy-button';
import type { FailedState } from './problem-facts';
import { describeFacts, diagnosticFactsOf, factsOf } from './problem-facts';
import './problem-details-open.css';

/** Facts about a failure, to read. */
export function ProblemFacts(props: Parameters<typeof factsOf>[0]): React.JSX.Element {
  return (
    <dl className="problem-facts">
      {factsOf(props).map(({ term, value }) => (
        <div key={term} className="problem-fact">
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Facts about a failure, to read and to copy. */
export function Facts({ upload, state }: { upload: Upload; state: FailedState }): React.JSX.Element {
  const [refused, setRefused] = React.useState<string>();
  return (
    <div className="problem-details-open">
      <ProblemFacts {...state} />
      {refused !== undefined && <ManualCopy text={refused} />}
      <div className="problem-copy">
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
    </div>
  );
}
