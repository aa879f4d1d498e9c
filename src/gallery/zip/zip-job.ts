import type { AttachedFile } from '../model/attached-file';
import { downloadUrl } from '../model/file-links';
import { safeName } from '../model/entry-names';
import type { Host } from '../../azure/host/host';
import type { Problem } from '../../base/errors';
import { isCancelled, toProblem } from '../../base/errors';
import type { ReadonlyStore } from '../../base/store';
import { createStateStore } from '../../base/store';
import type { Attachments } from '../attachments';
import type { Member } from '../gallery-state';
import type { LeftOut, PackedZip, PackZip } from './pack-zip';
import type { SendFile } from '../send-file';

/** Files to pack. */
interface ZipOrder {
  /** `Bug 30 attachments.zip`. */
  readonly name: string;
  readonly files: readonly AttachedFile[];
  readonly members: readonly Member[];
}

/** State of a zip. */
export type ZipState =
  | { readonly status: 'idle' }
  /** Waiting for the person's consent to store the zip on the server, because the frame cannot save files. */
  | { readonly status: 'asking'; readonly order: ZipOrder }
  | {
      /** Reading the files, or storing the zip on the server. */
      readonly status: 'reading' | 'storing';
      readonly order: ZipOrder;
      readonly bytesDone: number;
      /** Declared size of the files, or size of the zip. */
      readonly bytesTotal: number;
    }
  | {
      readonly status: 'made';
      readonly order: ZipOrder;
      readonly leftOut: readonly LeftOut[];
      /** Address of the zip on the server; `undefined` when it is saved already. */
      readonly address: string | undefined;
      /** Reason why the host did not open the address. */
      readonly problem?: Problem;
    }
  | { readonly status: 'failed'; readonly order: ZipOrder; readonly problem: Problem };

/** Creates one zip at a time. */
export interface ZipJob extends ReadonlyStore<ZipState> {
  /** Packs files, canceling the current zip. */
  readonly start: (files: readonly AttachedFile[], members: readonly Member[]) => void;
  /** Consents to storing the zip on the server. */
  readonly confirm: () => void;
  /** Starts again after a failure. */
  readonly retry: () => void;
  /** Opens the address of a zip on the server. Must be called during a click. */
  readonly open: () => Promise<void>;
  /** Cancels the zip, or dismisses its result. */
  readonly cancel: () => void;
}

/** Dependencies of `createZipJob`. */
export interface ZipJobOptions {
  readonly readBytes: Attachments['readBytes'];
  readonly pack: PackZip;
  /** Whether the frame can save files. */
  readonly maySave: () => boolean;
  readonly save: (bytes: Blob, name: string) => void;
  /** Stores the zip on the server, for a frame without downloads. */
  readonly send: SendFile;
  readonly openInNewTab: Host['openInNewTab'];
}

const IDLE: ZipState = { status: 'idle' };

/** Creates an idle job. */
export function createZipJob(options: ZipJobOptions): ZipJob {
  const { readBytes, pack, maySave, save, send, openInNewTab } = options;
  const store = createStateStore<ZipState>(IDLE);
  let controller = new AbortController();

  async function make(order: ZipOrder): Promise<void> {
    controller = new AbortController();
    const { signal } = controller;
    const update = (state: ZipState): void => {
      if (!signal.aborted) store.setState(state);
    };
    const { name, files, members } = order;
    const declared = files.reduce((sum, { size = 0 }) => sum + size, 0);
    const progress = (status: 'reading' | 'storing', bytesTotal: number) => (bytesDone: number) =>
      update({ status, order, bytesDone: Math.min(bytesDone, bytesTotal), bytesTotal });
    try {
      const onRead = progress('reading', declared);
      onRead(0);
      const packed = await pack(files, members, { readBytes, signal, onProgress: onRead });
      update({ status: 'made', order, leftOut: packed.leftOut, address: await deliver(name, packed) });
    } catch (error) {
      if (!isCancelled(error)) update({ status: 'failed', order, problem: toProblem(error) });
    }

    /** @returns The address on the server, if the zip had to be stored there. */
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

    start(chosen, members) {
      controller.abort();
      // A text can show a file that is attached as well.
      const files = chosen.filter(
        ({ inText, reference }) =>
          !inText || !chosen.some((each) => !each.inText && each.reference.id === reference.id),
      );
      const order = { name: nameFor(files, members), files, members };
      if (maySave()) void make(order);
      else store.setState({ status: 'asking', order });
    },

    confirm() {
      const state = store.getSnapshot();
      if (state.status === 'asking') void make(state.order);
    },

    retry() {
      const state = store.getSnapshot();
      if (state.status === 'failed') void make(state.order);
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

/** `Bug 30 attachments.zip`, after the first work item. File names are not translated. */
function nameFor(files: readonly AttachedFile[], members: readonly Member[]): string {
  const id = files[0]?.workItemId ?? 0;
  const type = members.find(({ workItemId }) => workItemId === id)?.type ?? '';
  return safeName(`${type || 'Work item'} ${id} attachments.zip`);
}
