import * as React from 'react';
import type { CheckEdges } from '../../check/check-dialog';
import type { OpenItem } from '../../check/check-state';
import { t } from '../../base/i18n/translate';
import { useLazy } from '../../ui/hooks';
import { IconButton, MoreIcon } from '../../ui/icons';
import type { MenuPlace } from '../../ui/menu';
import { describeProblem } from '../../upload/messages/problems';
import type { MoreItems } from './more-menu';

const loadMenu = () => import(/* webpackChunkName: "menu" */ './more-menu');
const loadCheck = () => import(/* webpackChunkName: "check" */ '../../check/check-dialog');

/** Props of `MoreActions`. */
export interface MoreActionsProps extends MoreItems {
  /** Missing if the organization cannot be checked. */
  check: CheckEdges | undefined;
  /** Missing for a new work item. */
  openItem: OpenItem | undefined;
}

/** The button ⋯ of the group, its menu, and the dialog that it opens. Both are loaded when needed. */
export function MoreActions(props: MoreActionsProps): React.JSX.Element {
  const { check, openItem } = props;
  const [isNear, setIsNear] = React.useState(false);
  const [isAsked, setIsAsked] = React.useState(false);
  const [place, setPlace] = React.useState<MenuPlace>();
  const [isChecking, setIsChecking] = React.useState(false);
  const menu = useLazy(loadMenu, isNear || place !== undefined);
  const dialog = useLazy(loadCheck, isChecking);
  // The next choice loads it again.
  React.useEffect(() => {
    if (menu.problem) {
      setIsNear(false);
      setPlace(undefined);
    }
    if (dialog.problem) setIsChecking(false);
  }, [menu.problem, dialog.problem]);
  const anchor = React.useRef<HTMLSpanElement>(null);
  const load = (): void => setIsNear(true);
  return (
    <>
      <span ref={anchor} onPointerEnter={load} onFocus={load}>
        <IconButton
          label={t('More actions')}
          icon={<MoreIcon />}
          onClick={() => {
            setIsAsked(true);
            setPlace(anchor.current?.getBoundingClientRect());
          }}
        />
      </span>
      {place && menu.module && (
        <menu.module.MoreMenu
          {...props}
          onCheck={check && (() => setIsChecking(true))}
          place={place}
          onClose={() => setPlace(undefined)}
        />
      )}
      {isChecking && dialog.module && check && (
        <dialog.module.CheckDialog edges={check} openItem={openItem} onClose={() => setIsChecking(false)} />
      )}
      {isAsked && menu.problem && <span role="alert">{describeProblem(menu.problem, t('The menu'))}</span>}
      {dialog.problem && <span role="alert">{describeProblem(dialog.problem, t('The check'))}</span>}
    </>
  );
}
