import * as React from 'react';
import { t } from '../base/i18n/translate';
import type { Upload } from '../upload/upload';
import { IconButton } from './icon-button';
import { CrossIcon, FolderIcon, PauseIcon, ResumeIcon, RetryIcon, ToFrontIcon } from './icons';
import type { RowAction, UploadActions } from './upload-actions';
import { actionsFor } from './upload-actions';

interface RowButton {
  /** Alternating actions share a place, so the button keeps its focus. */
  readonly place: 'first' | 'toggle' | 'last';
  readonly label: (name: string) => string;
  readonly icon: React.JSX.Element;
  readonly run: (actions: UploadActions, id: string) => void;
}

const BUTTONS: Readonly<Record<RowAction, RowButton>> = {
  'move-to-front': {
    place: 'first',
    label: (name) => t('Move {name} to the front', { name }),
    icon: <ToFrontIcon />,
    run: (actions, id) => actions.moveToFront(id),
  },
  'try-now': {
    place: 'first',
    label: (name) => t('Try {name} again now', { name }),
    icon: <RetryIcon />,
    run: (actions, id) => actions.retry([id]),
  },
  retry: {
    place: 'first',
    label: (name) => t('Retry {name}', { name }),
    icon: <RetryIcon />,
    run: (actions, id) => actions.retry([id]),
  },
  'pick-again': {
    place: 'first',
    label: (name) => t('Pick {name} again', { name }),
    icon: <FolderIcon />,
    run: (actions) => actions.pickAgain(),
  },
  pause: {
    place: 'toggle',
    label: (name) => t('Pause {name}', { name }),
    icon: <PauseIcon />,
    run: (actions, id) => actions.pause([id]),
  },
  resume: {
    place: 'toggle',
    label: (name) => t('Resume {name}', { name }),
    icon: <ResumeIcon />,
    run: (actions, id) => actions.resume([id]),
  },
  cancel: {
    place: 'last',
    label: (name) => t('Cancel {name}', { name }),
    icon: <CrossIcon />,
    run: (actions, id) => actions.cancel([id]),
  },
  remove: {
    place: 'last',
    label: (name) => t('Remove {name} from the list', { name }),
    icon: <CrossIcon />,
    run: (actions, id) => actions.remove([id]),
  },
};

/** Buttons of one upload. */
export function RowButtons(props: {
  upload: Upload;
  /** See `actionsFor`. */
  isNext: boolean;
  actions: UploadActions;
}): React.JSX.Element {
  const { upload, isNext, actions } = props;
  const { file, id } = upload;
  return (
    <div className="upload-row-buttons">
      {actionsFor(upload, isNext).map((action) => {
        const { place, label, icon, run } = BUTTONS[action];
        return (
          <IconButton key={place} label={label(file.name)} icon={icon} onClick={() => run(actions, id)} />
        );
      })}
    </div>
  );
}
