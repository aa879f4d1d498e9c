import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { explain } from '../plan/by-name';
import { DEFAULT_PATTERN } from '../plan/pattern';
import type { PanelSession } from './panel-session';
import type { PanelState } from './panel-state';
import { patternOf } from './panel-state';

/** The pattern by which names tell their work items, and a field to try it. */
export function PatternField(props: { state: PanelState; session: PanelSession }): React.JSX.Element {
  const { state, session } = props;
  const [tried, setTried] = React.useState('');
  const reading = patternOf(state);
  return (
    <div className="panel-part">
      <label className="field-label" htmlFor="pattern">
        Pattern
      </label>
      <div className="panel-field-line">
        <input
          id="pattern"
          type="text"
          className="field"
          value={state.pattern}
          spellCheck={false}
          autoComplete="off"
          aria-invalid={!reading.ok}
          aria-describedby="pattern-help"
          onChange={({ target }) => session.setPattern(target.value)}
        />
        {state.pattern !== DEFAULT_PATTERN && (
          <Button text="Reset" onClick={() => session.setPattern(DEFAULT_PATTERN)} />
        )}
      </div>
      <p
        id="pattern-help"
        className={reading.ok ? 'quiet' : 'field-error'}
        role={reading.ok ? undefined : 'alert'}
      >
        {reading.ok
          ? '{id} is the number, {type} the type; * is any text, ? one character; several patterns are separated by a semicolon. Folders are looked at like names.'
          : reading.message}
      </p>
      <label className="field-label" htmlFor="pattern-tester">
        Try a name
      </label>
      <input
        id="pattern-tester"
        type="text"
        className="field"
        value={tried}
        placeholder="1234_evidence.png"
        spellCheck={false}
        autoComplete="off"
        onChange={({ target }) => setTried(target.value)}
      />
      <p className="quiet" role="status">
        {reading.ok && tried !== '' && <Explanation text={tried} state={state} />}
      </p>
    </div>
  );
}

function Explanation({ text, state }: { text: string; state: PanelState }): React.JSX.Element {
  const reading = patternOf(state);
  const found = reading.ok ? explain(reading.pattern, text) : [];
  if (found.length === 0) return <>No number of a work item in it.</>;
  const listed = new Set(state.items.map(({ id }) => id));
  return (
    <>
      {found
        .map(
          ({ workItemId, alternative }) =>
            `${workItemId}${listed.has(workItemId) ? '' : ' (not in the list)'} by ${alternative}`,
        )
        .join(', ')}
    </>
  );
}
