import type { AttachmentReference, LinkableAttachment } from '../../../azure/work-item';
import { sleep } from '../../../base/async';
import { toProblem } from '../../../base/errors';
import { kindOf } from '../../../base/file-kind';
import { nextRetry } from '../../../base/retry';
import { createGroupLinker } from '../../../upload/link/link-group';
import { findUnreadable } from '../../history/read-removed';
import type { RemovedFile } from '../../gallery-state';
import type { EntryOutcome, IndexedEntry, ItemEntries } from './clean-up-run';
import type { CleanUpServices } from './clean-up-services';
import { isAboutAll } from '../duplicates/is-about-all';

/** Links removed files of a few work items again. */
export interface Restorer {
  /**
   * Links each file of a batch exactly once, if its bytes can be read, in one request if possible.
   *
   * @param items Distinct work items.
   * @param outcomes Receives the outcomes, also before a failure.
   * @throws StaplerError if the server cannot be reached, CancelledError after an abort before the first link.
   */
  readonly restoreBatch: (
    items: readonly ItemEntries[],
    outcomes: Map<number, EntryOutcome>,
    signal: AbortSignal,
  ) => Promise<void>;
}

/** Creates a restorer. It reads the work items first: an earlier attempt may have linked files. */
export function createRestorer(services: CleanUpServices): Restorer {
  const { runtime, readBytes } = services;
  const linker = createGroupLinker(services, { verifyFirst: true });

  /** Links until nothing but lasting refusals is left, and returns these by entry. */
  async function link(items: readonly ItemEntries[]): Promise<ReadonlyMap<number, unknown>> {
    const refusals = new Map<number, unknown>();
    let open = items;
    for (let attempt = 1; open.length > 0; attempt++) {
      const results = await linker.linkGroup(
        open.map(({ workItemId, entries }) => ({ workItemId, attachments: entries.map(linkableOf) })),
      );
      let delayMs = 0;
      open = open.flatMap(({ workItemId, entries }) => {
        const failures = results.get(workItemId)?.failures ?? new Map<AttachmentReference['id'], unknown>();
        const failed = entries.filter((each) => failures.has(linkableOf(each).reference.id));
        const again = failed.filter((each) => {
          const error: unknown = failures.get(linkableOf(each).reference.id);
          const decision = nextRetry(toProblem(error), attempt, runtime.random);
          if (decision.action === 'wait') delayMs = Math.max(delayMs, decision.delayMs);
          else refusals.set(each.index, error);
          return decision.action === 'wait';
        });
        return again.length > 0 ? [{ workItemId, entries: again }] : [];
      });
      if (open.length > 0) await sleep(runtime, delayMs);
    }
    return refusals;
  }

  return {
    async restoreBatch(items, outcomes, signal) {
      const entries = items.flatMap((item) => item.entries);
      const unread = await findUnreadable(
        distinct(entries.map(removedFileOf)),
        {
          attachments: { readBytes: ({ reference }, ...rest) => readBytes(reference, ...rest) },
          runtime,
        },
        { signal, onProgress: () => undefined },
      );
      signal.throwIfAborted();
      const fail = (index: number, error: unknown): void =>
        void outcomes.set(index, { kind: 'not-restored', problem: toProblem(error) });
      for (const each of entries) {
        const { id } = linkableOf(each).reference;
        if (unread.has(id)) fail(each.index, unread.get(id));
      }
      const isReadable = (each: IndexedEntry): boolean => !unread.has(linkableOf(each).reference.id);
      const readable = items
        .map(({ workItemId, entries: some }) => ({ workItemId, entries: some.filter(isReadable) }))
        .filter((item) => item.entries.length > 0);
      const refusals = await link(readable);
      for (const { index } of entries.filter(isReadable))
        if (!refusals.has(index)) outcomes.set(index, { kind: 'restored' });
      const ending = [...refusals.values()].find((error) => isAboutAll(toProblem(error)));
      for (const [index, error] of refusals) if (!isAboutAll(toProblem(error))) fail(index, error);
      if (ending !== undefined) throw ending as Error;
    },
  };
}

function linkableOf({ entry }: IndexedEntry): LinkableAttachment {
  return entry.linkable;
}

function removedFileOf({ entry }: IndexedEntry): RemovedFile {
  const { workItemId, linkable, addedAt, addedBy } = entry;
  const { reference, name, size } = linkable;
  return {
    linkable,
    file: {
      ...{ workItemId, workItemType: '', reference, name, kind: kindOf(name) },
      ...{ size, comment: '', folder: '', addedAt, addedBy },
    },
  };
}

/** Returns each attachment once. */
function distinct(files: readonly RemovedFile[]): readonly RemovedFile[] {
  return [...new Map(files.map((each) => [each.linkable.reference.id, each])).values()];
}
