import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { useStore } from '../../ui/hooks';
import { helpItems } from '../../ui/help-items';
import type { MenuItem, MenuPlace } from '../../ui/menu';
import { Menu } from '../../ui/menu';
import type { CheckChoice, CheckSettings } from '../../upload/checks/check-choice';
import { checkChoiceIn } from '../../upload/checks/check-choice';
import type { CaptureSession } from '../../upload/capture/capture-for-form';
import { canCaptureScreen, captureForForm } from '../../upload/capture/capture-for-form';
import type { CheckEdges } from '../../check/check-dialog';
import type { OpenItem } from '../../check/check-state';
import { askForLink } from '../../upload/file-links/link-requests';
import type { Learned } from '../../upload/learned';
import type { MetadataRule } from '../../upload/rules/file-rules';
import type { EditsChoice } from '../../upload/form/edits-choice';
import type { PasteChoice } from '../../upload/form/paste-choice';
import '../../ui/menu.css';

/** Items of the menu. */
export interface MoreItems {
  /** Commands without room beside the menu. */
  commands: readonly Pick<MenuItem, 'text' | 'onSelect'>[];
  /** Remembered choice for files next to unsaved edits. Missing if nothing can be attached. */
  choice: EditsChoice | undefined;
  onChoose: (choice: EditsChoice) => void;
  pasteChoice: PasteChoice;
  /** Settings for the checks of files. */
  checkSettings: CheckSettings;
  /** Takes captured files. */
  session: CaptureSession;
}

/** The menu ⋯ of the group with its settings. */
export function MoreMenu(
  props: MoreItems & {
    /** Missing if the organization cannot be checked. */
    check: Pick<CheckEdges, 'services'> | undefined;
    /** Missing for a new work item. */
    openItem: OpenItem | undefined;
    onCheck: (() => void) | undefined;
    place: MenuPlace;
    onClose: () => void;
  },
): React.JSX.Element {
  const { commands, choice, onChoose, pasteChoice, checkSettings, session } = props;
  const { check, openItem, onCheck, place, onClose } = props;
  const checkChoice = checkChoiceIn(checkSettings);
  useStore(checkChoice);
  const isInserting = useStore(pasteChoice);
  // Read now: most forms need neither the choice nor a request for it.
  React.useEffect(() => {
    void pasteChoice.recall();
    void checkChoice.recall();
  }, [pasteChoice, checkChoice]);
  const canCapture = useCanCapture(check?.services.learned);
  const items: readonly MenuItem[] = [
    ...commands.map(({ text, onSelect }) => ({ text, onSelect })),
    ...(choice && openItem ? [{ text: t('Add link…'), onSelect: () => askForLink() }] : []),
    ...(choice && canCapture ? [{ text: t('Capture…'), onSelect: () => captureForForm(session) }] : []),
    ...(choice
      ? [...choiceItems(choice, onChoose), pasteItem(isInserting, pasteChoice), ...checkItems(checkChoice)]
      : []),
    ...(onCheck ? [{ text: t('Check this organization…'), beginsGroup: true, onSelect: onCheck }] : []),
    ...helpItems(),
  ];
  return <Menu label={t('More actions')} place={place} items={items} onClose={onClose} />;
}

/** Whether a captured file can come back, according to the check of the organization. */
function useCanCapture(learned: Learned | undefined): boolean {
  const [, update] = React.useReducer((count: number) => count + 1, 0);
  React.useEffect(() => void learned?.whenLoaded().then(update), [learned]);
  return canCaptureScreen() && learned?.answers().windowReaches === true;
}

function pasteItem(isChecked: boolean, { choose }: PasteChoice): MenuItem {
  return {
    text: t('Insert pasted images into the text'),
    beginsGroup: true,
    choice: 'checkbox',
    isChecked,
    onSelect: () => choose(!isChecked),
  };
}

/** The rules for files before their upload. */
function checkItems({ getSnapshot, choose }: CheckChoice): readonly MenuItem[] {
  const { metadata, secrets, editsPasted } = getSnapshot();
  const texts: readonly (readonly [MetadataRule, string])[] = [
    ['location', t('Remove location')],
    ['all', t('Remove everything')],
    ['keep', t('Keep')],
  ];
  return [
    ...texts.map(([rule, text], index): MenuItem => ({
      text,
      ...(index === 0 && { title: t('Metadata in images'), beginsGroup: true }),
      choice: 'radio',
      isChecked: rule === metadata,
      onSelect: () => choose({ metadata: rule }),
    })),
    {
      text: t('Edit pasted images first'),
      beginsGroup: true,
      choice: 'checkbox',
      isChecked: editsPasted,
      onSelect: () => choose({ editsPasted: !editsPasted }),
    },
    {
      text: t('Look for secrets'),
      beginsGroup: true,
      choice: 'checkbox',
      isChecked: secrets !== 'off',
      onSelect: () => choose({ secrets: secrets === 'off' ? 'warn' : 'off' }),
    },
  ];
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
