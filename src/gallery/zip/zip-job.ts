import type { AttachedFile } from '../../attached/attached-file';
import { downloadUrl } from '../../attached/file-links';
import { safeName } from '../../attached/entry-names';
import type { Host } from '../../host/host';
import type { Problem } from '../../model/errors';
import { isCancelled, toProblem } from '../../model/errors';
import type { ReadonlyStore } from '../../base/store';
import { createStateStore } from '../../base/store';
import type { Attachments } from '../attachments';
import type { Member } from '../gallery-state';
import type { LeftOut, PackedZip, PackZip } from './pack-zip';
import type { SendFile } from '../send-file';

/** What was asked for. */
interface ZipOrder {
  /** `Bug 30 attachments.zip`. */
  readonly name: string;
  readonly files: readonly AttachedFile[];
  readonly members: readonly Member[];
}

/** Where files on their way into a zip stand. */
export type ZipState =
  | { readonly status: 'idle' }
  /** The frame may save nothing, so that the zip would go by way of the server: the person decides. */
  | { readonly status: 'asking'; readonly order: ZipOrder }
  | {
      /** Reading the files, or storing the zip on the server. */
      readonly status: 'reading' | 'storing';
      readonly order: ZipOrder;
      readonly bytesDone: number;
      /** What the files, or the zip, are said to have. */
      readonly bytesTotal: number;
    }
  | {
      readonly status: 'made';
      readonly order: ZipOrder;
      readonly leftOut: readonly LeftOut[];
      /** Where it can be had; `undefined` where it is saved already. */
      readonly address: string | undefined;
      /** Why the host did not open that. */
      readonly problem?: Problem;
    }
  | { readonly status: 'failed'; readonly order: ZipOrder; readonly problem: Problem };

/** Makes one zip at a time. */
export interface ZipJob extends ReadonlyStore<ZipState> {
  /** Packs these files. One that is under way is given up for it. */
  readonly start: (files: readonly AttachedFile[], members: readonly Member[]) => void;
  /** Yes, by way of the server; or once more after a failure. */
  readonly goOn: () => void;
  /** Opens the address of a zip that is on the server. To be called inside a click. */
  readonly open: () => Promise<void>;
  /** Ends it, wherever it stands; nothing is saved. */
  readonly cancel: () => void;
}

/** What it works with. */
export interface ZipJobOptions {
  readonly readBytes: Attachments['readBytes'];
  readonly pack: PackZip;
  /** Whether the frame may save files by itself. */
  readonly maySave: () => boolean;
  readonly save: (bytes: Blob, name: string) => void;
  /** For a frame that may not. */
  readonly send: SendFile;
  readonly openInNewTab: Host['openInNewTab'];
}

const IDLE: ZipState = { status: 'idle' };

/** A job that has nothing to do. */
export function createZipJob(options: ZipJobOptions): ZipJob {
  const { readBytes, pack, maySave, save, send, openInNewTab } = options;
  const store = createStateStore<ZipState>(IDLE);
  let controller = new AbortController();

  async function make(order: ZipOrder): Promise<void> {
    controller = new AbortController();
    const { signal } = controller;
    const tell = (state: ZipState): void => {
      if (!signal.aborted) store.setState(state);
    };
    const { name, files, members } = order;
    const declared = files.reduce((sum, { size = 0 }) => sum + size, 0);
    const progress = (status: 'reading' | 'storing', bytesTotal: number) => (bytesDone: number) =>
      tell({ status, order, bytesDone: Math.min(bytesDone, bytesTotal), bytesTotal });
    try {
      const onRead = progress('reading', declared);
      onRead(0);
      const packed = await pack(files, members, { readBytes, signal, onProgress: onRead });
      tell({ status: 'made', order, leftOut: packed.leftOut, address: await deliver(name, packed) });
    } catch (error) {
      if (!isCancelled(error)) tell({ status: 'failed', order, problem: toProblem(error) });
    }

    /** @returns Where it is on the server, if it had to go there. */
    async function deliver(name: string, { bytes }: PackedZip): Promise<string | undefined> {
      signal.throwIfAborted();
      if (maySave()) {
        save(bytes, name);
        return undefined;
      }
      const onSent = progress('storing', bytes.size);
      onSent(0);
      const reference = await send({ name, source: bytes }, { signal, onProgress: onSent });
      return downloadUrl({ reference, name });
    }
  }

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,

    start(files, members) {
      controller.abort();
      const order = { name: nameFor(files, members), files, members };
      if (maySave()) void make(order);
      else store.setState({ status: 'asking', order });
    },

    goOn() {
      const state = store.getSnapshot();
      if (state.status === 'asking' || state.status === 'failed') void make(state.order);
    },

    async open() {
      const state = store.getSnapshot();
      if (state.status !== 'made' || state.address === undefined) return;
      const { order, leftOut, address } = state;
      const opened = await openInNewTab(address).then(
        () => undefined,
        (error: unknown) => ({ problem: toProblem(error) }),
      );
      if (store.getSnapshot() === state)
        store.setState({ status: 'made', order, leftOut, address, ...opened });
    },

    cancel() {
      controller.abort();
      store.setState(IDLE);
    },
  };
}

/** `Bug 30 attachments.zip`, after the first of the work items. A file's name is the same in every language. */
function nameFor(files: readonly AttachedFile[], members: readonly Member[]): string {
  const id = files[0]?.workItemId ?? 0;
  const type = members.find(({ workItemId }) => workItemId === id)?.type ?? '';
  return safeName(`${type || 'Work item'} ${id} attachments.zip`);
}
