import { createAttachmentEditor } from '../../../../src/upload/link/edit-attachments';
import { createLinker } from '../../../../src/upload/link/link-attachments';
import type { WorkItem } from '../../../../src/azure/work-item';
import type { WorkItems } from '../../../../src/azure/rest/work-items';
import { servicesFor } from '../../../helpers/frame-services';
import { createFakeRuntime } from '../../../helpers/fake-runtime';
import type { ManualWorkItems } from '../../../helpers/manual-work-items';
import { createManualWorkItems } from '../../../helpers/manual-work-items';
import { guid, linkable } from '../../../helpers/uploads';

/** Result of linking, for a test. */
export interface Linked {
  readonly workItem: WorkItem | undefined;
  /** Why attachments of these numbers are not linked. */
  readonly failures: Readonly<Record<number, unknown>>;
}

/** A linker and an editor for these work items, on the clock of the test. */
export function beginOn(workItems: WorkItems) {
  const runtime = createFakeRuntime();
  const services = servicesFor(workItems, runtime);
  const linker = createLinker(services);
  const editor = createAttachmentEditor(services);

  /** Links the attachments of these numbers. */
  async function link(workItemId: number, ...numbers: number[]): Promise<Linked> {
    const { workItem, failures } = await linker.link(workItemId, numbers.map(linkable));
    const failed = numbers.filter((number) => failures.has(guid(number)));
    return {
      workItem,
      failures: Object.fromEntries(failed.map((number) => [number, failures.get(guid(number))])),
    };
  }

  return { runtime, linker, editor, link };
}

/** The same for work items with the responses of the test. */
export function begin(): ReturnType<typeof beginOn> & { readonly workItems: ManualWorkItems } {
  const workItems = createManualWorkItems();
  return { workItems, ...beginOn(workItems) };
}

/** Advances the clock as far as needed, and resolves as `work` does. */
export async function passAll<T>(
  { runtime }: Pick<ReturnType<typeof beginOn>, 'runtime'>,
  work: Promise<T>,
): Promise<T> {
  const end = { isReached: false };
  const reach = (): void => void (end.isReached = true);
  work.then(reach, reach);
  for (let rounds = 0; rounds < 1000 && !end.isReached; rounds++) await runtime.pass(10_000);
  if (!end.isReached) throw new Error('It waits for something else than the clock.');
  return work;
}
