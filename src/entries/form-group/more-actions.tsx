import * as React from 'react';
import type { CheckEdges } from '../../check/check-dialog';
import type { OpenItem } from '../../check/check-state';
import { t } from '../../base/i18n/translate';
import { useLazy } from '../../ui/hooks';
import { IconButton, MoreIcon } from '../../ui/icons';
import { showKeyboardHelp } from '../../ui/keyboard-help';
import type { MenuItem, MenuPlace } from '../../ui/menu';
import { Menu } from '../../ui/menu';
import { describeProblem } from '../../upload/messages/problems';
import type { EditsChoice } from '../../upload/form/edits-choice';
import '../../ui/menu.css';

const loadCheck = () => import(/* webpackChunkName: "check" */ '../../check/check-dialog');

/** Props of `MoreActions`. */
export interface MoreActionsProps {
  /** Commands without room beside the menu. */
  commands: readonly Pick<MenuItem, 'text' | 'onSelect'>[];
  /** Remembered choice for files next to unsaved edits. Missing if nothing can be attached. */
  choice: EditsChoice | undefined;
  onChoose: (choice: EditsChoice) => void;
  /** Missing if the organization cannot be checked. */
  check: CheckEdges | undefined;
  /** Missing for a new work item. */
  openItem: OpenItem | undefined;
}

/** The menu ⋯ of the group with its settings, and the dialog that it opens. */
export function MoreActions(props: MoreActionsProps): React.JSX.Element {
  const { commands, choice, onChoose, check, openItem } = props;
  const [place, setPlace] = React.useState<MenuPlace>();
  const [isChecking, setIsChecking] = React.useState(false);
  const { module, problem } = useLazy(loadCheck, isChecking);
  // The next choice loads it again.
  React.useEffect(() => {
    if (problem) setIsChecking(false);
  }, [problem]);
  const anchor = React.useRef<HTMLSpanElement>(null);
  const items: readonly MenuItem[] = [
    ...commands.map(({ text, onSelect }) => ({ text, onSelect })),
    ...(choice ? choiceItems(choice, onChoose) : []),
    ...(check
      ? [
          {
            text: t('Check this organization…'),
            beginsGroup: true,
            onSelect: () => setIsChecking(true),
          },
        ]
      : []),
    { text: t('Keyboard shortcuts'), onSelect: showKeyboardHelp },
  ];
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
        <Menu label={t('More actions')} place={place} items={items} onClose={() => setPlace(undefined)} />
      )}
      {isChecking && module && check && (
        <module.CheckDialog edges={check} openItem={openItem} onClose={() => setIsChecking(false)} />
      )}
      {problem && <span role="alert">{describeProblem(problem, t('The check'))}</span>}
    </>
  );
}

/** The choice for files next to unsaved edits, as check items under one title. */
function choiceItems(choice: EditsChoice, onChoose: (choice: EditsChoice) => void): readonly MenuItem[] {
  const texts: readonly (readonly [EditsChoice, string])[] = [
    ['wait', t('Ask every time')],
    ['save-first', t('Save and attach')],
    ['attach-now', t('Attach without saving')],
  ];
  return texts.map(([each, text], index) => ({
    text,
    ...(index === 0 && { title: t('If you have unsaved changes'), beginsGroup: true }),
    choice: 'radio',
    isChecked: each === choice,
    onSelect: () => onChoose(each),
  }));
}
