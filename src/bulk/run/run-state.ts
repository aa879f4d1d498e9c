import type { AttachmentReference } from '../../azure/work-item';
import type { Problem } from '../../base/errors';
import type { Upload, UploadId, UploadReference } from '../../upload/upload';
import { canRetry as canRetryUpload, isSending, isSettled } from '../../upload/upload-state';
import type { FileId } from '../plan/plan';
import type { Candidate } from './link-batcher';

/** Outcome of one file on one work item. */
export type PairOutcome =
  | { readonly kind: 'attached' }
  | {
      readonly kind: 'failed';
      /** `removing`: it is attached, and the attachment to be replaced is still there. */
      readonly phase: 'uploading' | 'linking' | 'removing';
      readonly problem: Problem;
    }
  | { readonly kind: 'cancelled' };

/** One file to be attached to one work item. */
export interface RunPair {
  readonly fileId: FileId;
  /** Upload with its bytes; files of the same content share one. */
  readonly uploadId: UploadId;
  readonly name: string;
  readonly comment: string;
  /** Attachments to be removed once it is attached. */
  readonly replaces: readonly AttachmentReference['id'][];
  /** Reference of the last link attempt. */
  readonly reference: UploadReference | undefined;
  /** Outcome of the link; `undefined` while it is open. */
  readonly outcome: PairOutcome | undefined;
  /** Key of the split file that it is a volume of. */
  readonly splitKey?: string;
}

/** A pair with stored bytes and an open link. */
export interface ReadyPair {
  readonly pair: RunPair;
  readonly reference: UploadReference;
}

/** Work item with its files. */
export interface RunItem {
  readonly workItemId: number;
  readonly pairs: readonly RunPair[];
  /** `backing-off`: failed links are retried after a delay. */
  readonly status: 'waiting' | 'linking' | 'backing-off';
  /** Attempt to link, 1-based. */
  readonly attempt: number;
}

/** Phase in which the user controls a run. `cancelling` waits for links in progress. */
export type ActivePhase = 'running' | 'paused' | 'cancelling';

/** State of a run. */
export interface RunState {
  /** `checking`: the work items are read back to verify the links. */
  readonly phase: ActivePhase | 'checking' | 'over';
  /** Equal to `phase`; from `checking` on, the phase that continues if links are missing. */
  readonly activePhase: ActivePhase;
  /** Number of rounds in which missing links were made again. */
  readonly relinks: number;
  /** By work item, in the order of the plan. */
  readonly items: ReadonlyMap<number, RunItem>;
  /** Error of reading the work items back; the outcomes then rest on the server's responses. */
  readonly unchecked: Problem | undefined;
}

/** Uploads of a run. */
export type Uploads = ReadonlyMap<UploadId, Upload>;

/** Maps uploads by id. */
export function byId(uploads: readonly Upload[]): Uploads {
  return new Map(uploads.map((upload) => [upload.id, upload]));
}

/** Whether the user still controls the run. */
export function isActive({ phase }: RunState): boolean {
  return phase === 'running' || phase === 'paused' || phase === 'cancelling';
}

/** Returns the outcome of a pair, if known. A file without an upload has no link either. */
export function outcomeOf({ outcome, uploadId }: RunPair, uploads: Uploads): PairOutcome | undefined {
  if (outcome) return outcome;
  const state = uploads.get(uploadId)?.state;
  if (state?.status === 'failed') return { kind: 'failed', phase: 'uploading', problem: state.problem };
  return state?.status === 'cancelled' ? { kind: 'cancelled' } : undefined;
}

/** Work left at one moment. */
export interface PendingWork {
  /** Work items with stored files to link. */
  readonly candidates: readonly Candidate<RunItem>[];
  /** Whether no file is left to send or link, apart from links in progress. */
  readonly isDone: boolean;
}

/** Returns the work left. A run that is being canceled starts no links. */
export function pendingWork({ phase, items }: RunState, uploads: Uploads): PendingWork {
  const candidates: Candidate<RunItem>[] = [];
  let isDone = [...uploads.values()].every(({ state }) => isSettled(state));
  for (const item of items.values()) {
    const { isReady, isIncomplete } = readinessOf(item, uploads);
    if (isIncomplete) isDone = false;
    if (phase === 'cancelling') continue;
    if (item.status === 'backing-off') isDone = false;
    if (isReady && item.status === 'waiting') candidates.push({ item, isIncomplete });
  }
  return { candidates, isDone: isDone && candidates.length === 0 };
}

/** Whether files of an item can be linked, and whether more of them are on their way. */
function readinessOf(
  item: RunItem,
  uploads: Uploads,
): { readonly isReady: boolean; readonly isIncomplete: boolean } {
  const isIncomplete = item.pairs.some(({ outcome, uploadId }) => {
    const state = outcome ? undefined : uploads.get(uploadId)?.state;
    return state !== undefined && isSending(state);
  });
  return { isReady: countReady(item, uploads) > 0, isIncomplete };
}

/**
 * Returns the pairs with stored bytes and an open link. The volumes of a split file are ready together: some of them
 * alone are of no use to anyone.
 */
export function readyPairs({ pairs }: RunItem, uploads: Uploads): readonly ReadyPair[] {
  const ready: ReadyPair[] = [];
  const incomplete = new Set<string>();
  for (const pair of pairs) {
    const reference = readyReference(pair, uploads);
    if (reference) ready.push({ pair, reference });
    else if (pair.splitKey !== undefined && !isThere(pair)) incomplete.add(pair.splitKey);
  }
  return incomplete.size === 0
    ? ready
    : ready.filter(({ pair: { splitKey } }) => splitKey === undefined || !incomplete.has(splitKey));
}

function readyReference({ outcome, uploadId }: RunPair, uploads: Uploads): UploadReference | undefined {
  const state = outcome ? undefined : uploads.get(uploadId)?.state;
  return state?.status === 'uploaded' ? state.reference : undefined;
}

/** Counts the attachments of an item that can be linked. */
export function countReady(item: RunItem, uploads: Uploads): number {
  return readyPairs(item, uploads).reduce((sum, { reference }) => sum + (reference.volumes?.length ?? 1), 0);
}

/** Whether the work item should show it. */
export function isThere({ outcome }: RunPair): boolean {
  return outcome?.kind === 'attached' || (outcome?.kind === 'failed' && outcome.phase === 'removing');
}

/** Whether a retry may help. An attached file with a failed replacement needs a new run. */
export function canRetry({ outcome, uploadId }: RunPair, uploads: Uploads): boolean {
  if (outcome) return outcome.kind === 'failed' && outcome.phase !== 'removing';
  const state = uploads.get(uploadId)?.state;
  return state !== undefined && canRetryUpload(state);
}
