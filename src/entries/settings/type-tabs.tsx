import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { hint } from '../../ui/hint';
import { namesAt } from './policy-text';

/** Chooses the work items whose rules the form shows, and adds rules for a type. */
export function TypeTabs(props: {
  /** `undefined` if the text is no JSON. */
  document: unknown;
  /** `undefined`: all work items. */
  type: string | undefined;
  /** Names to choose from. */
  names: readonly string[];
  onChoose: (type: string | undefined) => void;
  onAdd: (type: string) => void;
}): React.JSX.Element {
  const { document, type, names, onChoose, onAdd } = props;
  const [typed, setTyped] = React.useState('');
  const types = namesAt(document, ['workItemTypes']);
  const name = typed.trim();
  const find = (wanted: string): string | undefined =>
    types.find((each) => each.toLowerCase() === wanted.toLowerCase());
  const known = find(name);
  const add = (): void => {
    if (name === '' || document === undefined) return;
    if (known === undefined) onAdd(name);
    else onChoose(known);
    setTyped('');
  };
  return (
    <>
      <div className="tabs settings-types" role="group" aria-label={t('Work items')}>
        <button type="button" aria-pressed={type === undefined} onClick={() => onChoose(undefined)}>
          {t('All work items')}
        </button>
        {types.map((each) => (
          <button key={each} type="button" aria-pressed={type === each} onClick={() => onChoose(each)}>
            <bdi>{each}</bdi>
          </button>
        ))}
      </div>
      <form
        className="settings-buttons"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <input
          className="field"
          type="text"
          list="common-types"
          autoComplete="off"
          disabled={document === undefined}
          aria-label={t('Work item type')}
          {...hint(t('Work item type, such as Bug'))}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
        <datalist id="common-types">
          {names
            .filter((each) => !find(each))
            .map((each) => (
              <option key={each} value={each} />
            ))}
        </datalist>
        <Button disabled={document === undefined} text={t('Add rules for this type')} onClick={add} />
      </form>
    </>
  );
}
