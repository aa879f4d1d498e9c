import type { LinkableAttachment, LinkTarget } from '../../../azure/work-item';
import { sleep } from '../../../base/async';
import { loadModule } from '../../../base/load-module';
import type { Runtime } from '../../../base/runtime';
import { linkablesOf } from '../../linkables';
import type { FileFacts, Upload, UploadId } from '../../upload';

/** Browser tab of this frame, with all its frames, foreign ones included. */
export interface Tab {
  /** Origin of this frame as seen by others; the text `null` in a sandbox. */
  readonly origin: string;
  /** All other frames of this tab. */
  readonly siblingFrames: () => readonly Frame[];
  readonly onMessage: (listener: (message: FrameMessage) => void) => void;
  readonly createPortPair: () => readonly [Port, Port];
  /** Calls `listener` before this frame closes, if the browser reports that. */
  readonly onLeaving: (listener: () => void) => void;
  /** Creates an unguessable text: 256 bits in hexadecimal digits. */
  readonly secret: () => string;
}

/** Other frame. */
export interface Frame {
  readonly post: (data: unknown, targetOrigin: string, port?: Port) => void;
}

/** Message of another frame. Only origin and source are vouched for, by the browser. */
export interface FrameMessage {
  readonly data: unknown;
  readonly origin: string;
  readonly source: Frame | undefined;
  readonly port: Port | undefined;
}

/** Message port. */
export interface Port {
  readonly post: (data: unknown) => void;
  /** Starts delivery, earlier messages included. Called once. */
  readonly listen: (listener: (data: unknown) => void) => void;
}

/** Returns the signature of a text. */
export type Signer = (text: string) => string;

/** Settings of the user, readable by this extension only. */
export interface Settings {
  readonly readSetting: (key: string) => Promise<string | undefined>;
  readonly writeSetting: (key: string, value: string) => void;
}

const KEY_SETTING = 'handover-key';

/** Interval of reads after a key has been written. */
const READ_INTERVAL_MS = 100;

/** Reads before the host counts as unable to store a key. */
const MAX_READS = 30;

/**
 * Returns the signer of this tab, or `undefined` if no frame can be trusted. If extensions have origins of their own,
 * the browser authenticates messages, and signatures are empty. In the sandbox of Azure DevOps Server all extensions
 * have the origin `null` (host reference 5.1); the key comes from the extension's data, unreadable for others. Without
 * the sandbox they share the server's origin: signatures would not keep out frames that can script each other.
 */
export async function loadSigner(tab: Tab, { readSetting }: Settings): Promise<Signer | undefined> {
  if (tab.origin !== 'null') return () => '';
  const key = await readSetting(KEY_SETTING);
  return key ? await createSigner(key).catch(() => undefined) : undefined;
}

/** Loads the hash on demand. `crypto.subtle` is missing on servers with plain HTTP. */
async function createSigner(key: string): Promise<Signer> {
  const { createHMAC, createSHA256 } = await loadModule(
    () => import(/* webpackChunkName: "hash" */ 'hash-wasm'),
  );
  const hmac = await createHMAC(createSHA256(), key);
  return (text) => hmac.init().update(text).digest('hex');
}

/**
 * Creates the key, if one is needed and missing. Called by observers, the fewest frames of a tab. Resolves once the
 * host has stored it, or cannot.
 */
export async function ensureKey(tab: Tab, settings: Settings, runtime: Runtime): Promise<void> {
  if (tab.origin !== 'null' || (await settings.readSetting(KEY_SETTING))) return;
  settings.writeSetting(KEY_SETTING, tab.secret());
  for (let reads = 0; reads < MAX_READS; reads++) {
    await sleep(runtime, READ_INTERVAL_MS);
    if (await settings.readSetting(KEY_SETTING)) return;
  }
}

/** Attachment to link. */
export interface PendingAttachment extends LinkableAttachment {
  /** Upload id of the journal. Missing in messages of frames older than an update. */
  readonly uploadId?: UploadId;
}

/** Stored attachment without a link. */
export interface PendingLink {
  readonly target: LinkTarget;
  readonly attachment: PendingAttachment;
  /** Whether the link has to wait for a save, because the form has unsaved edits. */
  readonly waitsForSave: boolean;
}

/** Facts about a new work item, to recognize it after its first save. */
export interface DraftFacts {
  readonly draftId: string;
  /** When its form was opened, in milliseconds since the epoch. */
  readonly openedAt: number;
  /** Work item type, such as `Bug`; empty until the host reports it. */
  readonly type: string;
  /** Whether uploads to it are in progress and in the journal. */
  readonly isAwaitingFiles: boolean;
}

/** Unfinished work of a group, for an observer to finish if the group is gone. */
export interface Pending {
  readonly links: readonly PendingLink[];
  /** Draft shown by the form, with or without links: a new work item may be any draft of the tab. */
  readonly draft?: DraftFacts | undefined;
}

/** Heartbeat request of an observer. */
export interface FromObserver {
  readonly type: 'ping';
}

/** Messages of a group. */
export type FromGroup =
  | {
      readonly type: 'pending';
      /** Id of the group. An observer may have two channels to one group. */
      readonly sender: string;
      /** Rank of the observer: 0 acts first, others stand by. */
      readonly turn: number;
      readonly pending: Pending;
    }
  | { readonly type: 'pong' | 'leaving' };

/**
 * Returns the links to make. Failed ones are left to the user; files still uploading end with their frame.
 *
 * @param commentOf Comment of the relation; the same as for the queue.
 * @param mustWait Whether the target is known to have unsaved edits.
 */
export function pendingOf(
  uploads: readonly Upload[],
  commentOf: (file: FileFacts) => string,
  mustWait: (target: LinkTarget) => boolean,
): readonly PendingLink[] {
  return uploads.flatMap((upload) => {
    const { id: uploadId, target, state } = upload;
    if (state.status === 'linked' || state.status === 'failed' || !('reference' in state)) return [];
    const { reference, status } = state;
    const waitsForSave = status === 'waiting-for-save' || mustWait(target);
    return linkablesOf(upload, reference, commentOf).map((attachment) => ({
      ...{ target, attachment: { ...attachment, uploadId }, waitsForSave },
    }));
  });
}
