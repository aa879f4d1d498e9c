import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { Dialog } from '../../../ui/dialog';
import { IconButton, TrashIcon } from '../../../ui/icons';
import type { MenuItem } from '../../../ui/menu';
import { MenuButton } from '../../../ui/menu-button';
import type { HubSession } from '../session/hub-session';
import type { HubState } from '../session/hub-state';
import { SavedIcon } from './hub-icons';

interface SavedProps {
  readonly state: HubState;
  readonly session: HubSession;
}

/** Menu of the saved searches, with dialogs to save one and to remove some. */
export function SavedSearches({ state, session }: SavedProps): React.JSX.Element {
  const [dialog, setDialog] = React.useState<'save' | 'manage'>();
  const { saved, search } = state;
  const close = (): void => setDialog(undefined);
  const items = (): readonly MenuItem[] => [
    ...saved.map(({ name, text, sortBy, isDescending }): MenuItem => ({
      text: name,
      onSelect: () => session.find({ text, sortBy, isDescending }),
    })),
    {
      text: t('Save this search…'),
      beginsGroup: true,
      ...(search.text.trim() === '' && { unavailable: t('Type a search first.') }),
      onSelect: () => setDialog('save'),
    },
    ...(saved.length > 0
      ? [{ text: t('Edit the saved searches…'), onSelect: () => setDialog('manage') }]
      : []),
  ];
  return (
    <>
      <MenuButton label={t('Saved searches')} icon={<SavedIcon />} items={items} />
      {dialog === 'save' && <SaveDialog session={session} text={search.text} onClose={close} />}
      {dialog === 'manage' && <ManageDialog state={state} session={session} onClose={close} />}
    </>
  );
}

function SaveDialog(props: { session: HubSession; text: string; onClose: () => void }): React.JSX.Element {
  const { session, text, onClose } = props;
  const [name, setName] = React.useState(text.trim());
  const field = React.useRef<HTMLInputElement>(null);
  React.useEffect(() => field.current?.select(), []);
  const isEmpty = name.trim() === '';
  return (
    <Dialog title={t('Save this search')} onClose={onClose}>
      <form
        className="hub-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (isEmpty) return;
          session.saveSearch(name.trim());
          onClose();
        }}
      >
        <label className="field-block">
          <span className="field-label">{t('Name')}</span>
          <input
            ref={field}
            className="field"
            dir="auto"
            value={name}
            maxLength={60}
            onChange={({ target }) => setName(target.value)}
          />
        </label>
        <div className="dialog-buttons">
          <Button text={t('Cancel')} onClick={onClose} />
          <Button primary={true} type="submit" disabled={isEmpty} text={t('Save')} />
        </div>
      </form>
    </Dialog>
  );
}

function ManageDialog({ state, session, onClose }: SavedProps & { onClose: () => void }): React.JSX.Element {
  return (
    <Dialog title={t('Saved searches')} onClose={onClose}>
      {state.saved.length === 0 && <p>{t('No saved searches.')}</p>}
      <ul className="hub-saved" data-keeps-focus="">
        {state.saved.map((search) => (
          <li key={search.name}>
            <span>
              <bdi>{search.name}</bdi>
              <bdi className="quiet">{search.text}</bdi>
            </span>
            <IconButton
              label={t('Remove {name}', { name: search.name })}
              icon={<TrashIcon />}
              onClick={() => session.removeSearch(search)}
            />
          </li>
        ))}
      </ul>
      <div className="dialog-buttons">
        <Button text={t('Close')} onClick={onClose} />
      </div>
    </Dialog>
  );
}
