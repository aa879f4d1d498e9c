import type { Runtime } from '../../../base/runtime';
import type { ReadonlyStore } from '../../../base/store';
import type { Attachments } from '../../attachments';
import { createAttachments } from '../../attachments';
import type { Renames } from '../../changes/renames';
import { createRenames } from '../../changes/renames';
import type { Transfers, TransfersOptions } from '../../changes/transfers';
import { createTransfers } from '../../changes/transfers';
import type { GalleryState, RemovedFile } from '../../gallery-state';
import { createGalleryStore } from '../../gallery-state';
import type { AttachedFile } from '../../model/attached-file';
import { attachmentOf, partsOf } from '../../model/attached-file';
import type { ProjectIndex } from '../project-index';
import type { PagePolicy } from '../../../upload/rules/policy/hidden-parts';
import type { HubActionServices } from '../session/hub-action';

/** The commands of the Files tab to rename, copy and move files, for found files. */
export interface FileEdits {
  /** Files with a change in progress, and errors of the last command. There is no work item. */
  readonly state: ReadonlyStore<GalleryState>;
  readonly renames: Renames;
  readonly transfers: Transfers;
  /** Opens the panel to attach files to more work items. */
  readonly attachToMore: (files: readonly AttachedFile[]) => void;
  /** See `PagePolicy`. */
  readonly isHidden: PagePolicy['isHidden'];
  readonly dismissErrors: () => void;
}

/** Dependencies of `createFileEdits`. */
export interface FileEditsOptions extends Pick<HubActionServices, 'openBulkPanel' | 'isHidden'> {
  readonly attachments: TransfersOptions['attachments'] & Pick<Attachments, 'rename' | 'editParts'>;
  readonly index: Pick<ProjectIndex, 'onItemChanged'>;
  /** Clears the selection of the list before its rows change. */
  readonly selectNone: () => void;
  readonly runtime: Runtime;
}

/** Creates the commands. The index follows each of them. */
export function createFileEdits(options: FileEditsOptions): FileEdits {
  const { attachments, index, selectNone, openBulkPanel, isHidden = () => false, runtime } = options;
  const store = createGalleryStore();
  /** Work items changed by the command in progress. */
  const changed = new Set<number>();

  async function write<Result>(workItemId: number, task: Promise<Result>): Promise<Result> {
    const result = await task;
    if (changed.size === 0) selectNone();
    changed.add(workItemId);
    return result;
  }

  const changeOptions = {
    store,
    runtime,
    attachments: {
      ...attachments,
      rename: (...order) => write(order[0], attachments.rename(...order)),
      editParts: (...order) => write(order[0].workItemId, attachments.editParts(...order)),
      link: (...order) => write(order[0], attachments.link(...order)),
      remove: (...order) => write(order[0], attachments.remove(...order)),
    } satisfies FileEditsOptions['attachments'],
    // No work item is in a form here.
    host: { refreshForm: () => Promise.resolve('other-item' as const) },
    gate: { pass: () => Promise.resolve(undefined) },
    bins: new Map<number, readonly RemovedFile[]>(),
    readAgain(): void {
      const ids = [...changed];
      changed.clear();
      if (ids.length > 0) void index.onItemChanged(...ids);
    },
  };

  return {
    state: store,
    renames: createRenames(changeOptions),
    transfers: createTransfers(changeOptions),
    attachToMore: (files) => openBulkPanel([], files.flatMap(partsOf).map(attachmentOf)),
    isHidden,
    dismissErrors: () => store.change({ errors: [] }),
  };
}

/** Creates the commands in a page. */
export function createPageEdits(
  { services, openBulkPanel, isHidden }: Pick<HubActionServices, 'services' | 'openBulkPanel' | 'isHidden'>,
  page: Pick<FileEditsOptions, 'index' | 'selectNone'>,
): FileEdits {
  const { runtime } = services;
  const attachments = createAttachments(services);
  const { index, selectNone } = page;
  return createFileEdits({
    ...{ attachments, index, selectNone, openBulkPanel, runtime },
    ...(isHidden && { isHidden }),
  });
}
