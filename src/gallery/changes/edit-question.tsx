import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { useStore } from '../../ui/hooks';
import { SaveQuestion } from '../../ui/save-question';
import type { GalleryState } from '../gallery-state';
import { describeWaitingChanges } from './change-sentences';
import type { EditGate } from './edit-gate';

/** Changes that wait for a save of the form, with the choice to save, to change now or to cancel. */
export function EditQuestion(props: { state: GalleryState; edits: EditGate }): React.JSX.Element | null {
  const { edits } = props;
  const { workItemId } = props.state;
  const { waiting, saving } = useStore(edits);
  const here = waiting.filter((change) => change.workItemId === workItemId);
  if (here.length === 0) return null;
  return (
    <SaveQuestion
      label={t('Changes that wait for a save')}
      text={describeWaitingChanges(here)}
      saving={saving}
      saveText={t('Save')}
      onSave={() => edits.save(workItemId)}
      nowText={t('Change without saving')}
      onNow={() => edits.runNow(workItemId)}
      canRemember={false}
      onCancel={() => edits.cancel(workItemId)}
    />
  );
}
