import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../base/i18n/translate';
import type { PlanItem } from '../../bulk/plan/plan';
import { readWorkItemIds } from '../../bulk/plan/work-item-ids';
import { hint } from '../../ui/hint';
import { labelOf } from './panel-sentences';
import type { PanelSession } from './panel-session';
import type { PanelFile } from './panel-state';

/** Limit of the offered work items. */
const MAX_OFFERS = 5;

/** Assigns a file to a work item, by number or by part of its title. */
export function AssignField(props: {
  file: PanelFile;
  items: readonly PlanItem[];
  session: PanelSession;
}): React.JSX.Element {
  const { file, items, session } = props;
  const [typed, setTyped] = React.useState('');
  const [offers, setOffers] = React.useState<readonly PlanItem[]>();

  const assign = async (ids: readonly number[]): Promise<void> => {
    setTyped('');
    setOffers(undefined);
    await session.addItems(ids.join(' '));
    session.editFile(file.id, { workItemIds: ids });
  };
  const submit = (event: React.FormEvent): void => {
    event.preventDefault();
    const { ids } = readWorkItemIds(typed, session.getSnapshot().baseUrls);
    const found = ids.length > 0 ? [] : findByTitle(items, typed);
    const [only] = found;
    if (ids.length > 0) void assign(ids);
    else if (found.length === 1 && only) void assign([only.id]);
    else setOffers(found);
  };

  return (
    <form className="panel-field-line" onSubmit={submit}>
      <input
        type="text"
        className="field"
        aria-label={t('Work item for {name}', { name: file.name })}
        {...hint(t('Number, or a part of the title'))}
        autoComplete="off"
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value);
          setOffers(undefined);
        }}
      />
      <Button type="submit" text={t('Assign')} disabled={typed.trim() === ''} />
      {offers && (
        <div className="offers" role="status">
          {offers.length === 0 && t('No work item of the list has that in its title.')}
          {offers.slice(0, MAX_OFFERS).map((item) => (
            <Button
              key={item.id}
              className="text-button"
              text={`${labelOf(item)} ${item.title}`}
              onClick={() => void assign([item.id])}
            />
          ))}
          {offers.length > MAX_OFFERS &&
            t('And {count, number} more. Type more of the title.', { count: offers.length - MAX_OFFERS })}
        </div>
      )}
    </form>
  );
}

function findByTitle(items: readonly PlanItem[], typed: string): readonly PlanItem[] {
  const wanted = typed.trim().toLowerCase();
  return wanted === '' ? [] : items.filter(({ title }) => title.toLowerCase().includes(wanted));
}
