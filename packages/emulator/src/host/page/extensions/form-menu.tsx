import * as React from 'react';
import { isDirty, type Form } from '../form/form';
import { useHostPage, type HostPage } from '../host-page';
import { useStore } from '../store';
import { PopupMenu, type Point } from '../pages/popup-menu';
import { placeUnder } from '../pages/work-item-menu';
import { typeOf } from '../work-item';
import { menuEntriesFor, menuItemsFor, targetsOf, type MenuItem } from './menus';

/** Menu "…" after the form's own buttons, if extensions contribute to it. */
export function FormMenu({ form }: { form: Form }) {
  const page = useHostPage();
  const [at, setAt] = React.useState<Point>();
  const [items, setItems] = React.useState<readonly MenuItem[]>([]);
  const close = React.useCallback(() => setAt(undefined), []);
  const { quirks } = useStore(page.settings);
  const targets = targetsOf(form.isReadOnly ? 'readOnlyForm' : 'form', quirks);
  const entries = menuEntriesFor(page.config, targets);
  if (entries.length === 0) return null;

  const open = async (button: Element): Promise<void> => {
    const found = await menuItemsFor(page, entries, formContext(page, form));
    setItems(found);
    if (found.length > 0) setAt(placeUnder(button));
  };
  return (
    <>
      <button
        type="button"
        className="form-menu"
        aria-label="More actions"
        aria-haspopup="menu"
        aria-expanded={at !== undefined}
        onClick={({ currentTarget }) => void open(currentTarget)}
      >
        …
      </button>
      {at && <PopupMenu label="More actions" at={at} items={items} onClose={close} />}
    </>
  );
}

/**
 * Context of an action in the form's menu (host reference 2.2). Assumed: the name of the function that closes
 * the form.
 */
function formContext({ board, config }: HostPage, form: Form): object {
  return {
    workItemId: form.item.id,
    workItemTypeName: typeOf(form.item),
    workItemAvailable: true,
    workItemDirty: isDirty(form),
    currentProjectName: config.project.name,
    currentProjectGuid: config.project.id,
    closeHostDialog: () => board.close(),
  };
}
