import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { describeRelated } from '../../upload/messages/work-items';
import type { PanelSession } from './panel-session';
import type { PanelState } from './panel-state';

/** Limit of the suggestions shown at first. */
const MAX_SHOWN = 8;

/** Check boxes to add or remove the work items related to those with the attachments. */
export function RelatedItems(props: { state: PanelState; session: PanelSession }): React.JSX.Element | null {
  const { state, session } = props;
  const { related, items, reading } = state;
  const [isWhole, setWhole] = React.useState(false);
  if (related === 'reading')
    return (
      <p className="quiet" role="status">
        {t('Reading the attachments…')}
      </p>
    );
  if (!related || related.length === 0) return null;
  const chosen = new Set([...items.map(({ id }) => id), ...reading]);
  const others = related.filter(({ id }) => !chosen.has(id));
  const add = (ids: readonly number[]): void => void session.addItems(ids.join(' '));
  const shown = isWhole ? related : related.slice(0, MAX_SHOWN);
  return (
    <fieldset className="related-items">
      <legend>{t('Related items')}</legend>
      {shown.map((item) => (
        <label key={item.id} className="choice">
          <input
            type="checkbox"
            checked={chosen.has(item.id)}
            onChange={({ target }) => (target.checked ? add([item.id]) : session.removeItems([item.id]))}
          />
          <bdi className="plan-row-title">{describeRelated(item.kind, item)}</bdi>
          <span className="quiet">{item.state}</span>
        </label>
      ))}
      <div className="panel-buttons">
        {related.length > MAX_SHOWN && (
          <Button
            className="text-button"
            subtle={true}
            text={
              isWhole ? t('Show less') : t('Show {count, number} more', { count: related.length - MAX_SHOWN })
            }
            onClick={() => setWhole(!isWhole)}
          />
        )}
        {related.length > 1 && (
          <Button
            className="text-button"
            subtle={true}
            disabled={others.length === 0}
            text={t('Select all')}
            onClick={() => add(others.map(({ id }) => id))}
          />
        )}
      </div>
    </fieldset>
  );
}
