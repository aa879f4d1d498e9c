import type { WorkItems } from '../../azure/rest/work-items';
import type { AttachmentReference, LinkableAttachment, WorkItem } from '../../azure/work-item';
import { attachmentIdOf, attachmentsOf } from '../../azure/work-item';
import { sleep } from '../../base/async';
import type { StaplerError } from '../../base/errors';
import { isStaplerError, ServerError } from '../../base/errors';
import { loadModule } from '../../base/load-module';
import { hasTrait, isAboutAttachment, isAmbiguous, isConflict } from '../../base/problem-traits';
import type { Runtime } from '../../base/runtime';
import type { FrameServices } from '../frame-services';
import { addAttachmentsPatch } from './json-patch';

/** Retries of a patch after concurrent changes of the work item. */
export const MAX_CONFLICT_RETRIES = 5;

const BASE_DELAY_MS = 200;

/**
 * Waits before a patch is built again, with full jitter, so two clients do not collide repeatedly.
 *
 * @param retries Previous retries.
 */
export function conflictBackoff(runtime: Runtime, retries: number): Promise<void> {
  return sleep(runtime, Math.round(runtime.random() * BASE_DELAY_MS * 2 ** retries));
}

/** Patches to find the one attachment responsible for a refusal. */
const MAX_PATCHES = 24;

/** Result of linking. */
export interface LinkOutcome {
  /** Last known state of the work item; `undefined` if never read. */
  readonly workItem: WorkItem | undefined;
  /** Reasons of failed links, by reference id. All others are linked. */
  readonly failures: ReadonlyMap<AttachmentReference['id'], unknown>;
}

/** Links attachments to one work item, with retries and verification. */
export class LinkRun implements LinkOutcome {
  workItem: WorkItem | undefined;
  readonly failures = new Map<string, unknown>();
  #patches = 0;

  constructor(
    private readonly workItems: WorkItems,
    private readonly workItemId: number,
    private readonly runtime: Runtime,
  ) {}

  /**
   * Patches the work item. After any other error than a plain refusal, reads it again and links only missing
   * attachments: a patch with a lost response may have succeeded, and a refused link may already exist.
   */
  async link(attachments: readonly LinkableAttachment[]): Promise<void> {
    let missing = attachments;
    for (let retries = 0; missing.length > 0; retries++) {
      const asked = missing.length;
      const error = await this.#patch(missing);
      if (error === undefined) return;
      if (needsVerification(error)) missing = await this.#fit(await this.fetchMissing(missing), error);
      const isChanged = missing.length < asked || isConflict(error);
      // CORS hides a 401 as a missing response; the read has renewed the token, so one retry may succeed.
      const canRetry = isChanged
        ? retries < MAX_CONFLICT_RETRIES
        : hasTrait(error, 'no-answer') && retries === 0;
      if (!canRetry) return this.#bisect(missing, error);
      if (isConflict(error)) await conflictBackoff(this.runtime, retries);
    }
  }

  /** Returns the `attachments` without a relation. If the work item cannot be read, all of them have failed. */
  async fetchMissing(attachments: readonly LinkableAttachment[]): Promise<readonly LinkableAttachment[]> {
    try {
      this.workItem = await this.workItems.read(this.workItemId);
      return missingFrom(this.workItem, attachments);
    } catch (error) {
      this.fail(attachments, error);
      return [];
    }
  }

  /** Resolves with the error, if any. */
  async #patch(missing: readonly LinkableAttachment[]): Promise<unknown> {
    this.#patches++;
    try {
      this.workItem = await this.workItems.update(this.workItemId, addAttachmentsPatch(missing));
      if (missingFrom(this.workItem, missing).length === 0) return undefined;
      // The response to a patch may omit relations; only a read is complete.
      this.workItem = await this.workItems.read(this.workItemId);
    } catch (error) {
      return error;
    }
    const lost = missingFrom(this.workItem, missing);
    this.fail(lost, linkLost(this.workItemId, lost));
    return undefined;
  }

  /** Fails the attachments beyond the limit of a full work item. */
  async #fit(missing: readonly LinkableAttachment[], error: unknown): Promise<readonly LinkableAttachment[]> {
    const { workItem } = this;
    const refused = workItem && isAboutRoom(error) && (await loadRefused());
    if (!refused) return missing;
    const fitting = refused.fittingInto(workItem, missing, error);
    this.fail(
      missing.filter((attachment) => !fitting.includes(attachment)),
      error,
    );
    return fitting;
  }

  /** Links each half alone if the refusal may concern one attachment, to link the others. */
  async #bisect(missing: readonly LinkableAttachment[], error: unknown): Promise<void> {
    const halves = isAboutAttachment(error) ? (await loadRefused())?.halvesOf(missing) : undefined;
    if (!halves) {
      this.fail(missing, error);
      return;
    }
    for (const half of halves) {
      if (this.#patches < MAX_PATCHES) await this.link(half);
      else this.fail(half, error);
    }
  }

  /** Records a reason for failed links. */
  fail(attachments: readonly LinkableAttachment[], error: unknown): void {
    for (const { reference } of attachments) this.failures.set(reference.id, error);
  }
}

/** Returns the attachments without a relation on `workItem`. */
export function missingFrom(
  workItem: WorkItem,
  attachments: readonly LinkableAttachment[],
): readonly LinkableAttachment[] {
  const linked = new Set(attachmentsOf(workItem).map(({ url }) => attachmentIdOf(url)));
  return attachments.filter(({ reference }) => !linked.has(reference.id));
}

/** Error for links confirmed by the server, but missing on the work item. */
export function linkLost(workItemId: number, lost: readonly LinkableAttachment[]): StaplerError {
  const names = lost.map(({ name }) => name).join(', ');
  return new ServerError(
    'link-lost',
    `The work item ${workItemId} accepted the patch and does not show: ${names}`,
  );
}

function needsVerification(error: unknown): boolean {
  return isAmbiguous(error) || isConflict(error) || isAboutAttachment(error);
}

/** Whether a work item was refused more attachments or relations. */
function isAboutRoom(error: unknown): error is StaplerError {
  return isStaplerError(error) && (error.kind === 'attachment-limit' || error.kind === 'link-limit');
}

/** Loads the code for refused links; `undefined` if it cannot be loaded. */
function loadRefused() {
  return loadModule(() => import(/* webpackChunkName: "refused-links" */ './refused-links')).catch(
    () => undefined,
  );
}

/** Links attachments to work items. */
export interface Linker {
  /**
   * Links each attachment exactly once, up to the limit of the work item, in one patch if possible. Never rejects: the
   * outcome has the reason of each failure, and the reference of a failed link can be linked later.
   */
  link(workItemId: number, attachments: readonly LinkableAttachment[]): Promise<LinkOutcome>;
}

/**
 * Creates a linker. It holds the mutex of a work item during a patch.
 *
 * @param verifyFirst Whether another frame may have tried the links before.
 * @param tried Ids of references with an earlier link attempt; the caller and the linker add to it.
 */
export function createLinker(
  { workItems, mutex, runtime }: Pick<FrameServices, 'workItems' | 'mutex' | 'runtime'>,
  { verifyFirst = false, tried = new Set<AttachmentReference['id']>() } = {},
): Linker {
  async function link(workItemId: number, attachments: readonly LinkableAttachment[]): Promise<LinkOutcome> {
    const run = new LinkRun(workItems, workItemId, runtime);
    // An earlier attempt may have succeeded although its answer was lost.
    const isTried = verifyFirst || attachments.some(({ reference }) => tried.has(reference.id));
    for (const { reference } of attachments) tried.add(reference.id);
    await run.link(isTried ? await run.fetchMissing(attachments) : attachments);
    return run;
  }

  return { link: (workItemId, attachments) => mutex.lock(workItemId, () => link(workItemId, attachments)) };
}
