import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../base/i18n/translate';
import { Dialog } from './dialog';
import type { ShortcutPage } from './shortcuts';
import { nameKeys, SHORTCUT_GROUPS } from './shortcuts';
import './dialog.css';
import './keyboard-help.css';

/** List of the keyboard shortcuts of a page. */
export function KeyboardHelpDialog(props: { page: ShortcutPage; onClose: () => void }): React.JSX.Element {
  const { page, onClose } = props;
  const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);
  return (
    <Dialog title={t('Keyboard shortcuts')} onClose={onClose}>
      {/* The first element to focus; otherwise a small frame would open at the button below. */}
      <div className="shortcuts" role="region" aria-label={t('Keyboard shortcuts')} tabIndex={0}>
        {SHORTCUT_GROUPS.filter(({ pages }) => pages.includes(page)).map(({ place, shortcuts }) => (
          <table key={place()}>
            <caption>{place()}</caption>
            <tbody>
              {shortcuts.map(({ keys, effect }) => (
                <tr key={effect()}>
                  <th scope="row">{effect()}</th>
                  <td>
                    {keys.map((each) => (
                      <span key={each} className="shortcut">
                        {nameKeys(each, isMac).map((name) => (
                          <kbd key={name}>{name}</kbd>
                        ))}
                      </span>
                    ))}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        ))}
      </div>
      <div className="dialog-buttons">
        <Button text={t('Close')} onClick={onClose} />
      </div>
    </Dialog>
  );
}
