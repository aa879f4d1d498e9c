/** @jest-environment jsdom */
import fc from 'fast-check';
import type { RecordingEvents, SharedScreen } from '../../../../src/entries/capture/browser-screen';
import { CaptureError } from '../../../../src/entries/capture/browser-screen';
import { createCaptureSession } from '../../../../src/entries/capture/capture-session';
import type { CaptureProblem } from '../../../../src/entries/capture/capture-state';
import { MAX_RECORDING_BYTES } from '../../../../src/entries/capture/capture-state';
import type { FormLink } from '../../../../src/upload/capture/form-link';
import { flush } from '../../../helpers/deferred';
import { createFakeRuntime } from '../../../helpers/fake-runtime';

/** A session with screens of the test. */
function createStage(problem?: CaptureProblem) {
  const runtime = createFakeRuntime();
  /** Screens that are still shared. */
  const sharing = new Set<SharedScreen>();
  let events: RecordingEvents | undefined;
  let isRecording = false;
  const end = (): void => {
    if (!isRecording) return;
    isRecording = false;
    events?.onEnd();
  };
  const takeImage = jest.fn(() => Promise.resolve(new Blob(['png'])));
  const hand = jest.fn<ReturnType<FormLink['hand']>, [File]>(() => Promise.resolve('taken'));
  const share = jest.fn((): Promise<SharedScreen> => {
    const screen: SharedScreen = {
      takeImage,
      record(given) {
        events = given;
        isRecording = true;
        return { mimeType: 'video/webm;codecs=vp9', stop: end };
      },
      stop() {
        sharing.delete(screen);
        end();
      },
    };
    sharing.add(screen);
    return Promise.resolve(screen);
  });
  const copyImage = jest.fn(() => Promise.resolve(true));
  const saveFile = jest.fn();
  const closeWindow = jest.fn();
  const session = createCaptureSession({
    screens: { problem, canRecord: true, share },
    link: { hasForm: true, report: () => true, hand },
    ...{ runtime, copyImage, saveFile, closeWindow },
  });
  return {
    ...{ session, runtime, sharing, share, takeImage, hand, copyImage, saveFile, closeWindow },
    sendChunk: (size: number) => isRecording && events?.onChunk(new Blob([new Uint8Array(size)])),
    /** The person ends the sharing in the browser. */
    endSharing: end,
    file: (): File => {
      const state = session.getSnapshot();
      if (state.step !== 'done') throw new Error(`The session is ${state.step}.`);
      return state.captured.file;
    },
  };
}

describe('createCaptureSession', () => {
  it('takes one image, ends the sharing, and closes the window once the form has taken the image', async () => {
    const { session, sharing, hand, closeWindow, file } = createStage();
    await session.capture('image');
    expect(sharing.size).toBe(0);
    expect(file().name).toMatch(/^Screenshot .+\.png$/);
    await session.attach();
    expect(hand.mock.calls).toEqual([[file()]]);
    expect(closeWindow).toHaveBeenCalledTimes(1);
    await session.attach();
    session.again();
    expect(hand).toHaveBeenCalledTimes(1);
    expect(session.getSnapshot()).toMatchObject({ step: 'done', handOver: 'taken' });
  });

  it('records until it is stopped, with time and size', async () => {
    const { session, runtime, sharing, sendChunk, file } = createStage();
    await session.capture('recording');
    sendChunk(100);
    await runtime.pass(2_000);
    expect(session.getSnapshot()).toEqual({ step: 'recording', bytes: 100, elapsedMs: 2_000 });
    session.stop();
    expect(sharing.size).toBe(0);
    expect(file()).toMatchObject({ size: 100, type: 'video/webm' });
    expect(runtime.delays()).toEqual([]);
  });

  it('keeps a recording whose sharing was ended in the browser', async () => {
    const { session, sendChunk, endSharing, file } = createStage();
    await session.capture('recording');
    sendChunk(100);
    endSharing();
    expect(file().size).toBe(100);
  });

  it('stops a recording before it exceeds the size of a file', async () => {
    const { session, sendChunk, sharing, file } = createStage();
    await session.capture('recording');
    const size = MAX_RECORDING_BYTES / 10;
    for (let chunk = 0; chunk < 20; chunk++) sendChunk(size);
    expect(session.getSnapshot()).toMatchObject({ step: 'done', captured: { isCut: true } });
    expect(file().size).toBe(9 * size);
    expect(sharing.size).toBe(0);
  });

  it('reports a recording without data', async () => {
    const { session } = createStage();
    await session.capture('recording');
    session.stop();
    expect(session.getSnapshot()).toEqual({ step: 'ready', problem: 'empty' });
  });

  it.each([
    [new CaptureError('denied'), 'denied'],
    [new Error('unknown'), 'failed'],
  ])('reports why nothing was captured (%s), and can try again', async (error, problem) => {
    const { session, share, takeImage, sharing } = createStage();
    share.mockRejectedValueOnce(error);
    await session.capture('image');
    expect(session.getSnapshot()).toEqual({ step: 'ready', problem });
    takeImage.mockRejectedValueOnce(error);
    await session.capture('image');
    expect(session.getSnapshot()).toEqual({ step: 'ready', problem });
    expect(sharing.size).toBe(0);
    await session.capture('image');
    expect(session.getSnapshot()).toMatchObject({ step: 'done' });
  });

  it('begins with the reason why this browser cannot capture', () => {
    expect(createStage('insecure').session.getSnapshot()).toEqual({ step: 'ready', problem: 'insecure' });
  });

  it.each(['gone', 'refused'] as const)('keeps the file if the form is %s', async (result) => {
    const { session, hand, copyImage, saveFile, closeWindow, file } = createStage();
    hand.mockResolvedValueOnce(result);
    await session.capture('image');
    await session.attach();
    expect(session.getSnapshot()).toMatchObject({ step: 'done', handOver: result });
    expect(closeWindow).not.toHaveBeenCalled();
    await session.copy();
    copyImage.mockResolvedValueOnce(false);
    expect(session.getSnapshot()).toMatchObject({ copy: 'copied' });
    await session.copy();
    session.save();
    expect(session.getSnapshot()).toMatchObject({ copy: 'failed', isSaved: true });
    expect(saveFile.mock.calls).toEqual([[file(), file().name]]);
    session.again();
    expect(session.getSnapshot()).toEqual({ step: 'ready', problem: undefined });
  });

  it('shares nothing after it is disposed, or outside a capture, whatever the person does', async () => {
    const acts = [
      'image',
      'recording',
      'stop',
      'chunk',
      'end',
      'attach',
      'again',
      'second',
      'refuse',
    ] as const;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...acts), { maxLength: 25 }), async (person) => {
        const { session, share, sharing, sendChunk, endSharing, runtime } = createStage();
        const commands: Record<(typeof acts)[number], () => unknown> = {
          image: () => session.capture('image'),
          recording: () => session.capture('recording'),
          stop: session.stop,
          chunk: () => sendChunk(10),
          end: endSharing,
          attach: session.attach,
          again: session.again,
          second: () => runtime.pass(1_000),
          refuse: () => share.mockRejectedValueOnce(new CaptureError('denied')),
        };
        for (const act of person) {
          void commands[act]();
          await flush();
          expect(sharing.size).toBe(session.getSnapshot().step === 'recording' ? 1 : 0);
        }
        session.dispose();
        expect(sharing.size).toBe(0);
      }),
      { numRuns: 100 },
    );
  });
});
