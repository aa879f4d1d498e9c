import type { AttachmentReference, LinkableAttachment } from '../model/attachment';
import { ATTACHMENTS_PER_WORK_ITEM, attachmentIdOf } from '../model/attachment';
import type { StaplerError } from '../model/errors';
import { isAmbiguous, isStaplerError, ServerError } from '../model/errors';
import type { Surroundings } from '../model/surroundings';
import type { WorkItem } from '../model/work-item';
import { attachmentsOf } from '../model/work-item';
import type { WorkItems } from '../rest/work-items';
import { addAttachmentsPatch } from './json-patch';
import { isConflict, isLost, MOST_REBUILDS, waitToRebuild } from './rebuild';

/** So many patches are sent at most to find the one attachment that is refused among others. */
const MOST_PATCHES = 24;

/** As many relations stand on one work item, attachments among them (REST reference D.6). */
const RELATIONS_PER_WORK_ITEM = 1000;

/** What came of linking. */
export interface LinkOutcome {
  /** The work item as it was seen last; `undefined` when it was not seen at all. */
  readonly workItem: WorkItem | undefined;
  /** Why attachments are not linked, by the ids of their references; all others are. */
  readonly failures: ReadonlyMap<AttachmentReference['id'], unknown>;
}

/** Links to one work item until nothing more can be done about it now. */
export class LinkRun implements LinkOutcome {
  workItem: WorkItem | undefined;
  readonly failures = new Map<string, unknown>();
  #patches = 0;

  constructor(
    private readonly workItems: WorkItems,
    private readonly workItemId: number,
    private readonly surroundings: Pick<Surroundings, 'later' | 'random'>,
  ) {}

  /**
   * One patch, and then the truth: an answer that was lost is no failure, and a refusal is none where the link is
   * there already. So after anything but a plain refusal the work item is read again and only what is missing is
   * linked.
   */
  async link(attachments: readonly LinkableAttachment[]): Promise<void> {
    let missing = attachments;
    for (let rebuilds = 0; missing.length > 0; rebuilds++) {
      const asked = missing.length;
      const error = await this.#patch(missing);
      if (error === undefined) return;
      if (isWorthALook(error)) missing = this.#fit(await this.look(missing), error);
      const isChanged = missing.length < asked || isConflict(error);
      const mayRebuild = isChanged ? rebuilds < MOST_REBUILDS : isLost(error) && rebuilds === 0;
      if (!mayRebuild) return this.#giveUp(missing, error);
      if (isConflict(error)) await waitToRebuild(this.surroundings, rebuilds);
    }
  }

  /** Those of `attachments` that are not linked. Where that cannot be seen, all of them have failed. */
  async look(attachments: readonly LinkableAttachment[]): Promise<readonly LinkableAttachment[]> {
    try {
      this.workItem = await this.workItems.read(this.workItemId);
      return missingFrom(this.workItem, attachments);
    } catch (error) {
      this.fail(attachments, error);
      return [];
    }
  }

  /** Resolves with what went wrong, if anything did. */
  async #patch(missing: readonly LinkableAttachment[]): Promise<unknown> {
    this.#patches++;
    try {
      this.workItem = await this.workItems.update(this.workItemId, addAttachmentsPatch(missing));
      if (missingFrom(this.workItem, missing).length === 0) return undefined;
      // The answer to a patch may leave relations out; what counts is what a read shows.
      this.workItem = await this.workItems.read(this.workItemId);
    } catch (error) {
      return error;
    }
    const lost = missingFrom(this.workItem, missing);
    this.fail(lost, linkLost(this.workItemId, lost));
    return undefined;
  }

  /** Lets go what a full work item has no room for. */
  #fit(missing: readonly LinkableAttachment[], error: unknown): readonly LinkableAttachment[] {
    const room = this.workItem && roomIn(this.workItem, error);
    if (room === undefined || room >= missing.length) return missing;
    this.fail(missing.slice(room), error);
    return missing.slice(0, room);
  }

  /** The one that is refused shall not keep the others from being linked. */
  async #giveUp(missing: readonly LinkableAttachment[], error: unknown): Promise<void> {
    if (!isAboutOne(error) || missing.length < 2) {
      this.fail(missing, error);
      return;
    }
    const middle = Math.ceil(missing.length / 2);
    for (const half of [missing.slice(0, middle), missing.slice(middle)]) {
      if (this.#patches < MOST_PATCHES) await this.link(half);
      else this.fail(half, error);
    }
  }

  /** These are not linked, for this reason. */
  fail(attachments: readonly LinkableAttachment[], error: unknown): void {
    for (const { reference } of attachments) this.failures.set(reference.id, error);
  }
}

/** Those whose attachment no relation of `workItem` points at. */
export function missingFrom(
  workItem: WorkItem,
  attachments: readonly LinkableAttachment[],
): readonly LinkableAttachment[] {
  const linked = new Set(attachmentsOf(workItem).map(({ url }) => attachmentIdOf(url)));
  return attachments.filter(({ reference }) => !linked.has(reference.id));
}

/** The server said that they are linked, and they are not. */
export function linkLost(workItemId: number, lost: readonly LinkableAttachment[]): StaplerError {
  const names = lost.map(({ name }) => name).join(', ');
  return new ServerError(
    'link-lost',
    `The work item ${workItemId} accepted the patch and does not show: ${names}`,
  );
}

function isWorthALook(error: unknown): boolean {
  return isAmbiguous(error) || isConflict(error) || isAboutOne(error);
}

/**
 * How many more attachments the work item takes after it refused some because it is full; `undefined` for any other
 * refusal.
 */
function roomIn(workItem: WorkItem | undefined, error: unknown): number | undefined {
  if (!workItem || !isStaplerError(error)) return undefined;
  const { kind, facts } = error;
  if (kind === 'attachment-limit') {
    const limit = facts.limitCount ?? ATTACHMENTS_PER_WORK_ITEM;
    return Math.max(0, limit - attachmentsOf(workItem).length);
  }
  if (kind === 'link-limit') {
    return Math.max(0, (facts.limitCount ?? RELATIONS_PER_WORK_ITEM) - workItem.relations.length);
  }
  return undefined;
}

/**
 * Whether one of several attachments can be the reason, so that the others are worth a patch without it: it is there
 * already, it does not fit any more, its bytes are gone, or its values are not to the server's liking.
 */
function isAboutOne(error: unknown): boolean {
  if (!isStaplerError(error)) return false;
  const { kind, facts } = error;
  return (
    kind === 'already-linked' ||
    kind === 'attachment-limit' ||
    kind === 'link-limit' ||
    /FileIdNotFound|VssPropertyValidation/.test(facts.typeKey ?? '')
  );
}
