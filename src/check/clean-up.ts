import type { WorkItem } from '../azure/work-item';
import { attachmentIdOf, attachmentsOf } from '../azure/work-item';
import { toProblem } from '../base/errors';
import { retry } from '../base/retry';
import type { FrameServices } from '../upload/frame-services';
import { createAttachmentEditor } from '../upload/link/edit-attachments';
import type { CleanUp, TestFile } from './check-state';
import { TEST_COMMENT } from './questions/requests';

/** Finds the test files of a check that did not end, such as that of a closed page. */
export function leftoversOf(workItem: WorkItem): readonly TestFile[] {
  return attachmentsOf(workItem).flatMap(({ url, name, attributes }) => {
    const id = attachmentIdOf(url);
    return id !== undefined && attributes['comment'] === TEST_COMMENT ? [{ id, name }] : [];
  });
}

/** Removes the test files, or the created work item with them. Never rejects. */
export async function cleanUpItem(
  services: FrameServices,
  { id, project }: { readonly id: number; readonly project: string },
  uploads: readonly TestFile[],
  isCreated: boolean,
): Promise<CleanUp> {
  const { runtime, workItems, connection } = services;
  const editor = createAttachmentEditor(services);
  const ids = uploads.map((upload) => upload.id);
  let removed = 0;
  let problem: unknown;
  try {
    if (isCreated) {
      const path = `${encodeURIComponent(project)}/_apis/wit/workitems/${id}`;
      await retry(
        () =>
          connection.send({ method: 'DELETE', path, headers: {}, isIdempotent: false }).catch(ignoreMissing),
        { runtime },
      );
      return { workItemId: id, removed: 0, left: [] };
    }
  } catch (error) {
    problem = error;
  }
  try {
    removed = await retry(async () => (await editor.remove(id, ids)).removed.length, { runtime });
  } catch (error) {
    problem ??= error;
  }
  const left = await workItems.read(id).then(
    ({ relations }) => {
      const linked = new Set(relations.map(({ url }) => attachmentIdOf(url)));
      return uploads.filter((upload) => linked.has(upload.id)).map(({ name }) => name);
    },
    // Unknown: all that were linked may be there.
    () => (removed > 0 ? [] : uploads.map(({ name }) => name)),
  );
  return {
    workItemId: id,
    removed,
    left,
    ...(isCreated && { leftWorkItemId: id }),
    ...(problem !== undefined && { problem: toProblem(problem) }),
  };
}

/** An earlier attempt, without an answer, may have deleted the work item. */
function ignoreMissing(error: unknown): undefined {
  if (toProblem(error).kind !== 'work-item-missing') throw error;
  return undefined;
}
