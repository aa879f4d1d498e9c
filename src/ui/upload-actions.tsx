import * as React from 'react';
import { t } from '../base/i18n/translate';
import type { Upload, UploadState } from '../upload/upload';
import type { UploadService } from '../upload/upload-service';
import { canEdit, isHeldBack, isRetryOffered, isSending } from '../upload/upload-state';
import {
  CrossIcon,
  DrawIcon,
  FolderIcon,
  IconButton,
  PauseIcon,
  ResumeIcon,
  RetryIcon,
  ToFrontIcon,
} from './icons';

/** Actions of the user on uploads. */
export interface UploadActions extends Pick<
  UploadService['queue'],
  'cancel' | 'retry' | 'pause' | 'resume' | 'moveToFront' | 'remove'
> {
  /** Opens the picker for uploads without their file; a picked file is matched by its content. */
  readonly pickAgain: () => void;
  /** Opens the picker for the new version of a changed file; matched by its name. Missing without a picker. */
  readonly pickNewVersion?: () => void;
  /** Opens the editor for an image before it is sent. Missing where there is no editor. */
  readonly edit?: (id: string) => void;
}

/** Action of a row. `try-now` ends a wait early; `retry` is for failed uploads. */
export type RowAction =
  | 'move-to-front'
  | 'try-now'
  | 'retry'
  | 'pick-again'
  | 'new-version'
  | 'edit'
  | 'pause'
  | 'resume'
  | 'cancel'
  | 'remove';

/**
 * Returns the actions of a row, in the order of its buttons.
 *
 * @param isNext Whether it is the first in the queue and cannot move further to the front.
 */
export function actionsFor(upload: Upload, isNext: boolean): readonly RowAction[] {
  const { state, isLinkTried } = upload;
  const edit: readonly RowAction[] = canEdit(upload) ? ['edit'] : [];
  switch (state.status) {
    case 'queued':
      if (isHeldBack(upload)) return ['cancel'];
      return isNext ? [...edit, 'pause', 'cancel'] : ['move-to-front', ...edit, 'pause', 'cancel'];
    case 'preparing':
    case 'uploading':
      return ['pause', 'cancel'];
    case 'waiting':
      return state.reference ? ['try-now'] : ['try-now', 'pause', 'cancel'];
    case 'needs-file':
      return ['pick-again', 'cancel'];
    case 'paused':
      return [...edit, 'resume', 'cancel'];
    case 'uploaded':
    case 'waiting-for-save':
      return isLinkTried ? [] : ['cancel'];
    case 'linking':
      return [];
    case 'failed':
      if (state.problem.kind === 'file-changed') return ['new-version', 'remove'];
      return isRetryOffered(state) ? ['retry', 'remove'] : ['remove'];
    case 'linked':
    case 'cancelled':
      return ['remove'];
  }
}

/** Ids of uploads by bulk action. */
export interface BulkActions {
  readonly pause: readonly string[];
  readonly resume: readonly string[];
  readonly retry: readonly string[];
  readonly dismiss: readonly string[];
}

/** Returns the bulk actions. Each needs two uploads or more; a single one has the buttons of its row. */
export function bulkActionsFor(uploads: readonly Upload[]): BulkActions {
  const several = (matches: (state: UploadState) => boolean): readonly string[] => {
    const ids = uploads.flatMap(({ id, state }) => (matches(state) ? [id] : []));
    return ids.length > 1 ? ids : [];
  };
  return {
    pause: several(isSending),
    resume: several(({ status }) => status === 'paused'),
    retry: several(isRetryOffered),
    dismiss: several(({ status }) => status === 'failed'),
  };
}

interface RowButton {
  /** Alternating actions share a place, so the button keeps its focus. */
  readonly place: 'first' | 'edit' | 'toggle' | 'last';
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
    label: (name) => t('Retry {name} now', { name }),
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
    label: (name) => t('Choose {name} again', { name }),
    icon: <FolderIcon />,
    run: (actions) => actions.pickAgain(),
  },
  'new-version': {
    place: 'first',
    label: (name) => t('Upload the new version of {name}', { name }),
    icon: <FolderIcon />,
    run: (actions) => actions.pickNewVersion?.(),
  },
  edit: {
    place: 'edit',
    label: (name) => t('Edit {name}', { name }),
    icon: <DrawIcon />,
    run: (actions, id) => actions.edit?.(id),
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
        if (action === 'new-version' && !actions.pickNewVersion) return null;
        if (action === 'edit' && !actions.edit) return null;
        const { place, label, icon, run } = BUTTONS[action];
        return (
          <IconButton key={place} label={label(file.name)} icon={icon} onClick={() => run(actions, id)} />
        );
      })}
    </div>
  );
}
