import type { AttachmentOfItem } from '../../azure/work-item';
import { toProblem } from '../../base/errors';
import type { FileEdits } from '../../bulk/plan/plan';
import type { BulkService } from '../../bulk/run/bulk-service';
import type { PanelFile, PanelStore } from './panel-state';

/** Dependencies of `createAttachedLoader`. */
export interface AttachedLoaderOptions {
  readonly store: PanelStore;
  readonly service: Pick<BulkService, 'readAttached'>;
  /** Unique prefix of file ids, since another panel may resume the run. */
  readonly idPrefix: string;
}

/**
 * Creates a function that adds the attachments the panel was opened for to the plan, with their comments, and suggests
 * related work items. After a failure, another call reads again.
 */
export function createAttachedLoader(
  options: AttachedLoaderOptions,
): (wanted: readonly AttachmentOfItem[]) => Promise<void> {
  const { store, service, idPrefix } = options;
  return async (wanted) => {
    if (wanted.length === 0 || store.getSnapshot().related) return;
    store.change({ related: 'reading' });
    try {
      const { files, related } = await service.readAttached(wanted);
      const edits = new Map<string, FileEdits>();
      const added = files.map(({ comment, ...file }, index): PanelFile => {
        const id = `${idPrefix}attached-${index + 1}`;
        if (comment !== '') edits.set(id, { comment });
        return { ...file, id };
      });
      store.change((state) => ({
        related,
        files: [...state.files, ...added],
        edits: new Map([...state.edits, ...edits]),
      }));
    } catch (error) {
      store.change({ related: undefined, problem: toProblem(error) });
    }
  };
}
