import * as React from 'react';
import type { Upload } from '../model/upload';
import { IconButton } from './icon-button';
import { CrossIcon, FolderIcon, PauseIcon, ResumeIcon, RetryIcon, ToFrontIcon } from './icons';
import type { RowAction, UploadActions } from './upload-actions';
import { actionsFor } from './upload-actions';

interface Offer {
  /** Two actions that take turns share a place: the button stays, and with it the focus. */
  readonly place: 'first' | 'toggle' | 'last';
  readonly label: (name: string) => string;
  readonly icon: React.JSX.Element;
  readonly run: (actions: UploadActions, id: string) => void;
}

const OFFERS: Readonly<Record<RowAction, Offer>> = {
  'move-to-front': {
    place: 'first',
    label: (name) => `Move ${name} to the front`,
    icon: <ToFrontIcon />,
    run: (actions, id) => actions.moveToFront(id),
  },
  'try-now': {
    place: 'first',
    label: (name) => `Try ${name} again now`,
    icon: <RetryIcon />,
    run: (actions, id) => actions.retry([id]),
  },
  retry: {
    place: 'first',
    label: (name) => `Retry ${name}`,
    icon: <RetryIcon />,
    run: (actions, id) => actions.retry([id]),
  },
  'pick-again': {
    place: 'first',
    label: (name) => `Pick ${name} again`,
    icon: <FolderIcon />,
    run: (actions) => actions.pickAgain(),
  },
  pause: {
    place: 'toggle',
    label: (name) => `Pause ${name}`,
    icon: <PauseIcon />,
    run: (actions, id) => actions.pause([id]),
  },
  resume: {
    place: 'toggle',
    label: (name) => `Resume ${name}`,
    icon: <ResumeIcon />,
    run: (actions, id) => actions.resume([id]),
  },
  cancel: {
    place: 'last',
    label: (name) => `Cancel ${name}`,
    icon: <CrossIcon />,
    run: (actions, id) => actions.cancel([id]),
  },
  remove: {
    place: 'last',
    label: (name) => `Remove ${name} from the list`,
    icon: <CrossIcon />,
    run: (actions, id) => actions.remove([id]),
  },
};

/** What can be done about one upload. */
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
        const { place, label, icon, run } = OFFERS[action];
        return (
          <IconButton key={place} label={label(file.name)} icon={icon} onClick={() => run(actions, id)} />
        );
      })}
    </div>
  );
}
