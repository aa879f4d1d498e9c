import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { hint } from '../../ui/hint';
import { ErrorIcon } from '../../ui/icons';
import { ProblemText } from '../../ui/problem-text';
import { countItems, listNames } from './panel-sentences';
import type { PanelSession } from './panel-session';
import type { PanelState } from './panel-state';

/** Work items of the plan, and a field to add more. */
export function WorkItemsPart(props: { state: PanelState; session: PanelSession }): React.JSX.Element {
  const { state, session } = props;
  const { items, reading, problem, unknown } = state;
  const [typed, setTyped] = React.useState('');
  const bad = items.filter((item) => item.problem);
  const fieldId = 'add-work-items';

  const add = (event: React.FormEvent): void => {
    event.preventDefault();
    if (typed.trim() === '') return;
    setTyped('');
    void session.addItems(typed);
  };

  return (
    <section aria-label={t('Work items')}>
      <div className="panel-facts">
        <h2>
          {items.length > 0 ? countItems(items.length) : t('No work items yet')}
          {reading.length > 0 && (
            <span className="quiet">
              {` · ${t('{count, plural, one {reading # work item…} other {reading # work items…}}', { count: reading.length })}`}
            </span>
          )}
        </h2>
        <span className="panel-buttons">
          {bad.length > 1 && bad.length < items.length && (
            <Button
              className="text-button"
              subtle={true}
              text={t('Remove unavailable ({count, number})', { count: bad.length })}
              onClick={() => session.removeItems(bad.map(({ id }) => id))}
            />
          )}
          {items.length > 1 && (
            <Button
              className="text-button"
              subtle={true}
              text={t('Remove all work items')}
              onClick={() => session.removeItems(items.map(({ id }) => id))}
            />
          )}
        </span>
      </div>
      <form className="panel-field-line" onSubmit={add}>
        <label className="for-screen-readers" htmlFor={fieldId}>
          {t('Add work items')}
        </label>
        <input
          id={fieldId}
          type="text"
          className="field"
          value={typed}
          {...hint(t('ID, URL, or query URL'))}
          autoComplete="off"
          onChange={({ target }) => setTyped(target.value)}
        />
        <Button type="submit" text={t('Add')} disabled={typed.trim() === ''} />
      </form>
      {unknown.length > 0 && (
        <p className="note" role="alert">
          <ErrorIcon />
          <span>
            {t(
              "{count, plural, one {{typed} isn't a work item ID.} other {{typed} aren't work item IDs.}} Enter an ID like 1234, or paste the URL of a work item or saved query.",
              { count: unknown.length, typed: listNames(unknown) },
            )}
          </span>
        </p>
      )}
      {problem && (
        <p className="note" role="alert">
          <ErrorIcon />
          <span>
            <ProblemText problem={problem} subject={t('The work items')} />
          </span>
          <Button className="text-button" text={t('Retry')} onClick={() => void session.readAgain()} />
        </p>
      )}
    </section>
  );
}
