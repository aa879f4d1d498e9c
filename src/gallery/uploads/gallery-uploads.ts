import type { Problem } from '../../base/errors';
import { toProblem } from '../../base/errors';
import type { Runtime } from '../../base/runtime';
import type { ReadonlyStore } from '../../base/store';
import { createStateStore } from '../../base/store';
import type { FormSession } from '../../upload/form/form-session';
import { onMoreLinked } from '../../upload/form/frame-events';
import type { Intake, Picked } from '../../upload/intake/intake';
import { describeWorkItem } from '../../upload/messages/work-items';
import type { GallerySession } from '../gallery-session';

/** State of the uploads of a gallery. */
export interface GalleryUploadsState {
  /** Loaded with the first file. */
  readonly session: FormSession | undefined;
  /** Number of drops, pastes and picks that wait for the session. */
  readonly waiting: number;
  /** Reason why the session could not be loaded. */
  readonly problem: Problem | undefined;
}

/** Attaches files to the work item in the gallery at the time they arrive. */
export interface GalleryUploads extends ReadonlyStore<GalleryUploadsState> {
  readonly attachPicked: (files: Iterable<File>) => void;
  readonly attachPasted: (files: Iterable<File>) => void;
  /** Call it synchronously in the drop handler. */
  readonly attachDropped: (transfer: DataTransfer) => void;
  /** Attaches a captured file to the work item of its window. */
  readonly attachCaptured: (picked: Picked, workItemId: number) => void;
  /** Loads the session again after a failure. */
  readonly retry: () => void;
}

/** Dependencies of `createGalleryUploads`. */
export interface GalleryUploadsOptions {
  readonly gallery: Pick<GallerySession, 'getSnapshot' | 'readAgain'>;
  readonly intake: Intake;
  /** Loads and starts the session of the frame. */
  readonly load: () => Promise<FormSession>;
  readonly runtime: Pick<Runtime, 'now'>;
}

/** Files of one drop, paste or pick. */
interface Arrival {
  readonly workItemId: number;
  readonly picked: Picked | Promise<Picked>;
  readonly isPasted: boolean;
}

/** Starts without a session. */
export function createGalleryUploads(options: GalleryUploadsOptions): GalleryUploads {
  const { gallery, intake, load, runtime } = options;
  const store = createStateStore<GalleryUploadsState>({ session: undefined, waiting: 0, problem: undefined });
  let waiting: Arrival[] = [];
  let loading: Promise<FormSession> | undefined;

  function loadOnce(): Promise<FormSession> {
    loading ??= load().then((session) => {
      onMoreLinked(session.queue, gallery.readAgain);
      return session;
    });
    return loading;
  }

  async function passOn(): Promise<void> {
    store.setState((state) => ({ ...state, waiting: waiting.length, problem: undefined }));
    try {
      const session = await loadOnce();
      const arrivals = waiting;
      waiting = [];
      store.setState({ session, waiting: 0, problem: undefined });
      for (const { workItemId, picked, isPasted } of arrivals)
        void Promise.resolve(picked).then((files) => session.attachTo(files, workItemId, isPasted));
    } catch (error) {
      loading = undefined;
      store.setState((state) => ({ ...state, problem: toProblem(error) }));
    }
  }

  /** Calls `pick` with the label of the work item in the gallery, if it accepts files. */
  function attach(pick: (label: string) => Arrival['picked'], isPasted = false): void {
    const { status, workItemId, isReadOnly, members } = gallery.getSnapshot();
    if (status !== 'open' || isReadOnly) return;
    const type = members.find((member) => member.workItemId === workItemId)?.type ?? '';
    add({ workItemId, picked: pick(describeWorkItem(workItemId, type)), isPasted });
  }

  function add(arrival: Arrival): void {
    waiting.push(arrival);
    void passOn();
  }

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
    attachPicked: (files) => attach(() => intake.fromInput(files)),
    attachPasted: (files) => attach((label) => intake.fromPaste(files, label, new Date(runtime.now())), true),
    attachDropped: (transfer) => attach(() => intake.fromDrop(transfer)),
    attachCaptured: (picked, workItemId) => add({ picked, workItemId, isPasted: true }),
    retry: () => void passOn(),
  };
}
