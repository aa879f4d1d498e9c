import type { WorkItems } from '../../azure/rest/work-items';
import type { AttachmentReference, LinkableAttachment, WorkItem } from '../../azure/work-item';
import { attachmentIdOf, attachmentsOf, MAX_ATTACHMENTS_PER_WORK_ITEM } from '../../azure/work-item';
import { sleep } from '../../base/async';
import type { StaplerError } from '../../base/errors';
import { isStaplerError, ServerError } from '../../base/errors';
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

/** Relations of one work item, attachments included (REST reference D.6). */
const MAX_RELATIONS_PER_WORK_ITEM = 1000;

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
      if (needsVerification(error)) missing = this.#fit(await this.fetchMissing(missing), error);
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
  #fit(missing: readonly LinkableAttachment[], error: unknown): readonly LinkableAttachment[] {
    const room = this.workItem && roomIn(this.workItem, error);
    if (room === undefined || room >= missing.length) return missing;
    const fitting: LinkableAttachment[] = [];
    for (const unit of unitsOf(missing)) {
      if (fitting.length + unit.length <= room) fitting.push(...unit);
      else this.fail(unit, error);
    }
    return fitting;
  }

  /** Links each half alone if the refusal may concern one attachment, to link the others. */
  async #bisect(missing: readonly LinkableAttachment[], error: unknown): Promise<void> {
    const units = unitsOf(missing);
    if (!isAboutAttachment(error) || units.length < 2) {
      this.fail(missing, error);
      return;
    }
    const middle = Math.ceil(units.length / 2);
    for (const half of [units.slice(0, middle).flat(), units.slice(middle).flat()]) {
      if (this.#patches < MAX_PATCHES) await this.link(half);
      else this.fail(half, error);
    }
  }

  /** Records a reason for failed links. */
  fail(attachments: readonly LinkableAttachment[], error: unknown): void {
    for (const { reference } of attachments) this.failures.set(reference.id, error);
  }
}

/** Groups attachments by the patch that they need: the volumes of a split file together, any other one alone. */
function unitsOf(attachments: readonly LinkableAttachment[]): readonly (readonly LinkableAttachment[])[] {
  const units = new Map<string, LinkableAttachment[]>();
  for (const attachment of attachments) {
    const key = attachment.splitKey ?? attachment.reference.id;
    units.set(key, [...(units.get(key) ?? []), attachment]);
  }
  return [...units.values()];
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

/**
 * Returns the remaining capacity of a work item after a refusal because it is full; `undefined` for any other
 * refusal.
 */
function roomIn(workItem: WorkItem | undefined, error: unknown): number | undefined {
  if (!workItem || !isStaplerError(error)) return undefined;
  const { kind, facts } = error;
  if (kind === 'attachment-limit') {
    const limit = facts.limitCount ?? MAX_ATTACHMENTS_PER_WORK_ITEM;
    return Math.max(0, limit - attachmentsOf(workItem).length);
  }
  if (kind === 'link-limit') {
    return Math.max(0, (facts.limitCount ?? MAX_RELATIONS_PER_WORK_ITEM) - workItem.relations.length);
  }
  return undefined;
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
