import * as React from 'react';
import type { CheckEdges } from '../../check/check-dialog';
import type { OpenItem } from '../../check/check-state';
import { t } from '../../base/i18n/translate';
import { useLazy } from '../../ui/hooks';
import { IconButton, MoreIcon } from '../../ui/icons';
import { showKeyboardHelp } from '../../ui/keyboard-help';
import type { MenuPlace } from '../../ui/menu';
import { Menu } from '../../ui/menu';
import { describeProblem } from '../../upload/messages/problems';
import '../../ui/menu.css';

const loadCheck = () => import(/* webpackChunkName: "check" */ '../../check/check-dialog');

/** The menu of the group, and the dialog that it opens. */
export function MoreActions(props: {
  check: CheckEdges;
  /** Missing for a new work item. */
  openItem: OpenItem | undefined;
}): React.JSX.Element {
  const [place, setPlace] = React.useState<MenuPlace>();
  const [isChecking, setIsChecking] = React.useState(false);
  const { module, problem } = useLazy(loadCheck, isChecking);
  // The next choice loads it again.
  React.useEffect(() => {
    if (problem) setIsChecking(false);
  }, [problem]);
  const anchor = React.useRef<HTMLSpanElement>(null);
  return (
    <>
      <span ref={anchor}>
        <IconButton
          label={t('More actions')}
          icon={<MoreIcon />}
          onClick={() => setPlace(anchor.current?.getBoundingClientRect())}
        />
      </span>
      {place && (
        <Menu
          label={t('More actions')}
          place={place}
          items={[
            { text: t('Check this organization…'), onSelect: () => setIsChecking(true) },
            { text: t('Keyboard shortcuts'), onSelect: showKeyboardHelp },
          ]}
          onClose={() => setPlace(undefined)}
        />
      )}
      {isChecking && module && (
        <module.CheckDialog
          edges={props.check}
          openItem={props.openItem}
          onClose={() => setIsChecking(false)}
        />
      )}
      {problem && <span role="alert">{describeProblem(problem, t('The check'))}</span>}
    </>
  );
}
