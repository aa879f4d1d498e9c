import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { explain } from '../../bulk/plan/by-name';
import { DEFAULT_PATTERN } from '../../upload/rules/names/pattern';
import { listFacts } from './panel-sentences';
import type { PanelSession } from './panel-session';
import type { PanelState } from './panel-state';
import { patternOf } from './panel-state';

/** Mapping by file name: a sentence, and the pattern once it is wanted or in use. */
export function NameMapping(props: { state: PanelState; session: PanelSession }): React.JSX.Element {
  const { state, session } = props;
  const [isOpen, setOpen] = React.useState(state.pattern !== DEFAULT_PATTERN);
  return (
    <>
      <p className="quiet">
        {t('A file goes to the work item whose ID is in its name, or in the name of its folder.')}{' '}
        <button type="button" className="link-button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {t('Customize…')}
        </button>
      </p>
      {isOpen && <PatternField state={state} session={session} />}
    </>
  );
}

/** Pattern for finding work items by file name, with a field to try it. */
function PatternField(props: { state: PanelState; session: PanelSession }): React.JSX.Element {
  const { state, session } = props;
  const [tried, setTried] = React.useState('');
  const reading = patternOf(state);
  return (
    <div className="panel-part">
      <div className="field-block">
        <label htmlFor="pattern">{t('Pattern')}</label>
        <div className="panel-field-line">
          <input
            id="pattern"
            type="text"
            className="field"
            value={state.pattern}
            dir="ltr"
            spellCheck={false}
            autoComplete="off"
            aria-invalid={!reading.ok}
            aria-describedby="pattern-help"
            onChange={({ target }) => session.setPattern(target.value)}
          />
          {state.pattern !== DEFAULT_PATTERN && (
            <Button text={t('Reset')} onClick={() => session.setPattern(DEFAULT_PATTERN)} />
          )}
        </div>
        <p
          id="pattern-help"
          className={reading.ok ? 'quiet' : 'field-error'}
          role={reading.ok ? undefined : 'alert'}
        >
          {reading.ok
            ? t(
                '{id} = work item ID, {type} = type, * = any text, ? = one character. Separate patterns with “;”. Folder names count too.',
                { id: '{id}', type: '{type}' },
              )
            : reading.message}
        </p>
      </div>
      <div className="field-block">
        <label htmlFor="pattern-tester">{t('Test a file name')}</label>
        <input
          id="pattern-tester"
          type="text"
          className="field"
          value={tried}
          placeholder={t('1234_evidence.png')}
          spellCheck={false}
          autoComplete="off"
          onChange={({ target }) => setTried(target.value)}
        />
        <p className="quiet" role="status">
          {reading.ok && tried !== '' && <Explanation text={tried} state={state} />}
        </p>
      </div>
    </div>
  );
}

function Explanation({ text, state }: { text: string; state: PanelState }): React.JSX.Element {
  const reading = patternOf(state);
  const found = reading.ok ? explain(reading.pattern, text) : [];
  if (found.length === 0) return <>{t('No work item ID found.')}</>;
  const listed = new Set(state.items.map(({ id }) => id));
  return (
    <>
      {listFacts(
        found.map(({ workItemId, alternative }) =>
          listed.has(workItemId)
            ? t('{id} (matches {pattern})', { id: workItemId, pattern: alternative })
            : t('{id} (not in your list, matches {pattern})', { id: workItemId, pattern: alternative }),
        ),
      )}
    </>
  );
}
