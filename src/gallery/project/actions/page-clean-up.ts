import type { Runtime } from '../../../base/runtime';
import { browserLocks } from '../../../upload/recovery/journal/browser-journal';
import type { CleanUp } from '../clean-up/clean-up';
import { createCleanUp } from '../clean-up/clean-up';
import type { CleanUpServices } from '../clean-up/clean-up-services';
import { createCleanUpServices } from '../clean-up/clean-up-services';
import type { RunBin } from '../clean-up/run-bin';
import { createRunBin } from '../clean-up/run-bin';
import type { RunLocks } from '../clean-up/run-locks';
import { createRunLocks } from '../clean-up/run-locks';
import type { ProjectIndex } from '../project-index';
import type { HubActionServices } from '../session/hub-action';
import { CLEAN_UP_RUNS } from '../session/hub-action';

/** Parts of a page for its clean-ups. */
export interface CleanUpParts {
  readonly services: CleanUpServices;
  readonly bin: RunBin;
  /** Told about each batch of changed work items. */
  readonly index: Pick<ProjectIndex, 'onItemChanged'>;
  /** Clears the selection of the list before its rows change. Default: there is none. */
  readonly selectNone?: () => void;
  /** Default: other pages cannot tell that a run is in progress. */
  readonly locks?: RunLocks;
}

/** A clean-up, and the commands before its first removal. */
export interface CleanUpWork {
  readonly cleanUp: CleanUp;
  /** Reads and checks again, as after a failure. Changes nothing. Never rejects. */
  readonly open: () => Promise<void>;
  /** Removes the files of a failed start without a record: they can be restored in this page only. Never rejects. */
  readonly startWithoutRecord: () => Promise<void>;
}

/** Creates a clean-up whose changes the index follows. */
export function createPageCleanUp({ services, bin, index, selectNone, locks }: CleanUpParts): CleanUp {
  let following = Promise.resolve();

  /** Tells the index, one batch at a time. */
  function follow(workItemIds: readonly number[]): void {
    selectNone?.();
    following = following.then(() => index.onItemChanged(...workItemIds)).catch(() => undefined);
  }

  return createCleanUp({
    ...{ services, bin, onChanged: follow },
    createId: () => createRunId(services.runtime),
    ...(locks && { hold: locks.hold }),
  });
}

/** A page with clean-ups. */
export type CleanUpPage = HubActionServices & Pick<CleanUpParts, 'selectNone'>;

/** Opens the parts in a page. */
export function openCleanUpParts(
  page: CleanUpPage,
  index: CleanUpParts['index'],
): CleanUpParts & { readonly locks: RunLocks } {
  return {
    services: createCleanUpServices(page.services),
    bin: openPageBin(page),
    index,
    ...(page.selectNone && { selectNone: page.selectNone }),
    locks: createRunLocks(browserLocks()),
  };
}

/** Opens the record of the runs in a page. */
export function openPageBin({
  openDocuments,
  project,
}: Pick<HubActionServices, 'openDocuments' | 'project'>): RunBin {
  return createRunBin({
    runs: openDocuments(CLEAN_UP_RUNS),
    entries: openDocuments('clean-up-entries'),
    project: project.id,
  });
}

/** Unique for one person: the time and a random number. */
function createRunId({ now, random }: Pick<Runtime, 'now' | 'random'>): string {
  return `${now().toString(36)}-${Math.floor(random() * 2 ** 32).toString(36)}`;
}
