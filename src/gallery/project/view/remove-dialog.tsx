import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { useStore } from '../../../ui/hooks';
import type { FileRemoval } from '../actions/file-removal';
import type { SaveFile } from './csv-button';
import { ReadingStep, StepsDialog } from './dialog-parts';
import { RemovalQuestion } from './removal-question';
import { isChanging, RemovalSteps } from './removal-steps';

/** Removes chosen files after a question, and restores them on request. */
export function RemoveDialog(props: {
  work: FileRemoval;
  save: SaveFile;
  onClose: () => void;
}): React.JSX.Element {
  const { work, save, onClose } = props;
  const reading = useStore(work.reader);
  const state = useStore(work.cleanUp.state);
  function close(): void {
    // A change in progress ends first. The dry run just stops.
    if (isChanging(state) || state.phase === 'checking') work.cleanUp.pause();
    if (!isChanging(state)) onClose();
  }
  return (
    <StepsDialog title={t('Remove files')} onClose={close}>
      {reading.status === 'read' ? (
        <RemovalSteps
          {...{ work, state, save }}
          total={reading.chosen.files.length}
          onClose={close}
          question={(checked) => (
            <RemovalQuestion
              checked={checked}
              isQuiet={state.isQuiet}
              inTexts={reading.chosen.files.filter(({ isInText }) => isInText).length}
              removeText={t('Remove')}
              onRemove={() => void work.cleanUp.start()}
              onCancel={close}
            />
          )}
        />
      ) : (
        <ReadingStep state={reading} onRetry={() => void work.open()} onClose={onClose} />
      )}
    </StepsDialog>
  );
}
