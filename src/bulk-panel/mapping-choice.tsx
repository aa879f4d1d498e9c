import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { templateOf } from '../plan/manifest-template';
import { ErrorIcon } from '../ui/icons';
import { OfferText } from './offer-text';
import type { PanelSession } from './panel-session';
import type { MappingKind, PanelState } from './panel-state';
import { PatternField } from './pattern-field';

const CHOICES: readonly { readonly kind: MappingKind; readonly text: string }[] = [
  { kind: 'all', text: 'All files to all work items' },
  { kind: 'by-name', text: 'By name or folder' },
  { kind: 'manifest', text: 'By a list (CSV)' },
];

/** Lines of a list that are told one by one. */
const MOST_TOLD = 5;

/** How files find their work items. */
export function MappingChoice(props: { state: PanelState; session: PanelSession }): React.JSX.Element {
  const { state, session } = props;
  return (
    <section aria-label="Which file goes where">
      <fieldset className="choices">
        <legend>Which file goes where</legend>
        {CHOICES.map(({ kind, text }) => (
          <label key={kind} className="choice">
            <input
              type="radio"
              name="mapping"
              checked={state.mapping === kind}
              onChange={() => session.setMapping(kind)}
            />
            {text}
          </label>
        ))}
      </fieldset>
      {state.mapping === 'by-name' && <PatternField state={state} session={session} />}
      {state.mapping === 'manifest' && <Manifest state={state} session={session} />}
    </section>
  );
}

function Manifest(props: { state: PanelState; session: PanelSession }): React.JSX.Element {
  const { state, session } = props;
  const { manifest, items, files, plan } = state;
  const input = React.useRef<HTMLInputElement>(null);
  const reading = manifest?.reading;
  const faults = reading?.ok ? reading.faults : [];
  return (
    <div className="panel-part">
      <p className="quiet">
        A table with the columns <i>work item</i>, <i>file</i> and, if you like, <i>attach as</i> and{' '}
        <i>comment</i>.
      </p>
      <div className="panel-buttons">
        <Button
          text={manifest ? 'Pick another list' : 'Pick a list'}
          onClick={() => input.current?.click()}
        />
        <OfferText
          what="a list to fill in"
          action="Download"
          name="stapler-list.csv"
          type="text/csv"
          textOf={() => templateOf(items, files)}
        />
      </div>
      <input
        ref={input}
        type="file"
        hidden={true}
        accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values"
        aria-label="List of files and work items"
        onChange={({ target }) => {
          const [file] = Array.from(target.files ?? []);
          target.value = '';
          if (file) void session.setManifest(file);
        }}
      />
      {manifest && reading?.ok && (
        <p className="quiet">
          {manifest.name}: {reading.rows.length} lines can be used
          {plan.unusedRows.length > 0 && `, ${plan.unusedRows.length} of them without a file that is here`}.
        </p>
      )}
      {reading && !reading.ok && (
        <p className="note" role="alert">
          <ErrorIcon />
          <span>{reading.message}</span>
        </p>
      )}
      {faults.length > 0 && (
        <div className="panel-problem" role="alert">
          <ErrorIcon />
          <ul>
            {faults.slice(0, MOST_TOLD).map(({ line, message }) => (
              <li key={line}>
                Line {line}: {message}
              </li>
            ))}
            {faults.length > MOST_TOLD && <li>And {faults.length - MOST_TOLD} more.</li>}
          </ul>
        </div>
      )}
    </div>
  );
}
