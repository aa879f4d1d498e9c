import type { Runtime } from '../../base/runtime';
import type { ReadonlyStore } from '../../base/store';
import { createStateStore } from '../../base/store';
import type { FormLink } from '../../upload/capture/form-link';
import type { Recording, Screens, SharedScreen } from './browser-screen';
import { CaptureError } from './browser-screen';
import type { CaptureKind, CaptureProblem, CaptureState, Chunks } from './capture-state';
import { addChunk, captureName, MAX_RECORDING_BYTES, NO_CHUNKS } from './capture-state';

/** State and commands of the capture page. */
export interface CaptureSession extends ReadonlyStore<CaptureState> {
  /** Whether a form opened this page. */
  readonly hasForm: boolean;
  readonly canRecord: boolean;
  /** Asks for a screen and takes an image of it, or starts a recording. */
  readonly capture: (kind: CaptureKind) => Promise<void>;
  /** Ends the recording. Its file follows. */
  readonly stop: () => void;
  /** Hands the file to the form. */
  readonly attach: () => Promise<void>;
  readonly copy: () => Promise<void>;
  readonly save: () => void;
  /** Discards the file. */
  readonly again: () => void;
  /** Ends the sharing when the page is left. */
  readonly dispose: () => void;
}

/** Dependencies of `createCaptureSession`. */
export interface CaptureSessionOptions {
  readonly screens: Screens;
  readonly link: FormLink;
  readonly runtime: Runtime;
  /** Copies an image; resolves with whether it worked. Never rejects. */
  readonly copyImage: (png: Blob) => Promise<boolean>;
  readonly saveFile: (bytes: Blob, name: string) => void;
  /** Closes the window after the form has taken the file. */
  readonly closeWindow: () => void;
}

/** Interval of the clock of a recording, in milliseconds. */
const TICK_MS = 1_000;

type Done = Extract<CaptureState, { step: 'done' }>;

/** Creates the session of one window. The sharing ends with each capture, and with each failure. */
export function createCaptureSession(options: CaptureSessionOptions): CaptureSession {
  const { screens, link, runtime, copyImage, saveFile, closeWindow } = options;
  const store = createStateStore<CaptureState>({ step: 'ready', problem: screens.problem });
  let shared: SharedScreen | undefined;
  let recording: Recording | undefined;

  function endSharing(): void {
    shared?.stop();
    shared = undefined;
  }

  function fail(problem: CaptureProblem): void {
    endSharing();
    store.setState({ step: 'ready', problem });
  }

  function finish(kind: CaptureKind, bytes: readonly Blob[], mimeType: string, isCut: boolean): void {
    endSharing();
    const name = captureName(kind, mimeType, new Date(runtime.now()));
    const file = new File([...bytes], name, { type: mimeType });
    const captured = { kind, file, isCut };
    store.setState({ step: 'done', captured, handOver: 'none', copy: 'none', isSaved: false });
  }

  async function takeImage(screen: SharedScreen): Promise<void> {
    const png = await screen.takeImage();
    finish('image', [png], 'image/png', false);
  }

  function record(screen: SharedScreen): void {
    const startedAt = runtime.now();
    let chunks: Chunks = NO_CHUNKS;
    let clearTimer: () => void = () => undefined;
    const show = (): void =>
      store.setState({ step: 'recording', bytes: chunks.bytes, elapsedMs: runtime.now() - startedAt });
    const tick = (): void => {
      show();
      clearTimer = runtime.setTimer(TICK_MS, tick);
    };
    const current = screen.record({
      onChunk(chunk) {
        chunks = addChunk(chunks, chunk, MAX_RECORDING_BYTES);
        if (chunks.isFull) current.stop();
      },
      onEnd() {
        clearTimer();
        recording = undefined;
        if (chunks.bytes === 0) fail('empty');
        // Without parameters: Azure DevOps and previews know the plain type.
        else finish('recording', chunks.blobs, current.mimeType.split(';')[0] ?? '', chunks.isFull);
      },
    });
    recording = current;
    tick();
  }

  /** Changes a finished capture, if it is still the same. */
  function update(done: Done, change: Partial<Pick<Done, 'handOver' | 'copy' | 'isSaved'>>): void {
    store.setState((state) =>
      state.step === 'done' && state.captured === done.captured ? { ...state, ...change } : state,
    );
  }

  const withDone = (act: (done: Done) => void): void => {
    const state = store.getSnapshot();
    if (state.step === 'done') act(state);
  };

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,
    hasForm: link.hasForm,
    canRecord: screens.canRecord,

    async capture(kind) {
      if (store.getSnapshot().step !== 'ready') return;
      store.setState({ step: 'choosing', kind });
      try {
        shared = await screens.share(kind);
        if (kind === 'image') await takeImage(shared);
        else record(shared);
      } catch (error) {
        fail(error instanceof CaptureError ? error.problem : 'failed');
      }
    },

    stop: () => recording?.stop(),

    async attach() {
      const done = store.getSnapshot();
      if (done.step !== 'done' || done.handOver === 'handing' || done.handOver === 'taken') return;
      update(done, { handOver: 'handing' });
      const handOver = await link.hand(done.captured.file);
      update(done, { handOver });
      if (handOver === 'taken') closeWindow();
    },

    async copy() {
      const done = store.getSnapshot();
      if (done.step === 'done')
        update(done, { copy: (await copyImage(done.captured.file)) ? 'copied' : 'failed' });
    },

    save: () =>
      withDone((done) => {
        saveFile(done.captured.file, done.captured.file.name);
        update(done, { isSaved: true });
      }),

    again: () =>
      withDone(({ handOver }) => {
        // The form takes one file of this window.
        if (handOver !== 'handing' && handOver !== 'taken')
          store.setState({ step: 'ready', problem: undefined });
      }),

    dispose: endSharing,
  };
}
