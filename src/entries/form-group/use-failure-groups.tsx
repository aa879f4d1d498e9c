import * as React from 'react';
import type { Upload, UploadId } from '../../upload/upload';
import { useLazy } from '../../ui/hooks';
import type { UploadActions } from '../../ui/upload-actions';

const loadGroups = () => import(/* webpackChunkName: "failures" */ './failure-groups');

/** Messages and buttons for several failed uploads, and those that need no message of their own. */
export interface FailureMessages {
  readonly groupNotes: React.JSX.Element | undefined;
  readonly explained: ReadonlySet<UploadId>;
}

const NONE: ReadonlySet<UploadId> = new Set();

/** Groups failures once several uploads have failed. Until the code is loaded, each row has its own message. */
export function useFailureGroups(
  uploads: readonly Upload[],
  actions: Pick<UploadActions, 'retry' | 'remove'>,
): FailureMessages {
  const failed = uploads.filter(({ state }) => state.status === 'failed');
  const { module } = useLazy(loadGroups, failed.length > 1);
  if (!module || failed.length < 2) return { groupNotes: undefined, explained: NONE };
  const groups = module.groupFailures(failed);
  const explained = new Set(groups.flatMap((group) => group.uploads.map(({ id }) => id)));
  return {
    groupNotes: (
      <>
        <module.FailureNotes groups={groups} onRetry={actions.retry} onDismiss={actions.remove} />
        <module.BulkActionsBar uploads={failed.filter(({ id }) => !explained.has(id))} actions={actions} />
      </>
    ),
    explained,
  };
}
