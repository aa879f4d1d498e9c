import type { Runtime } from '../../../base/runtime';
import type { Upload, UploadId } from '../../upload';

/** Lock of a frame that sends files. The browser releases it as soon as the frame is gone. */
const LOCK = 'stapler sending';

/** Time for which an answer of the browser counts, in milliseconds. */
const ANSWER_MS = 1_000;

/** Tells other frames of this origin that this one sends files. */
export interface SendingLock {
  /** Takes over the state of an upload. */
  readonly follow: (upload: Upload) => void;
  /** Uploads that are over, or another frame's. */
  readonly forget: (ids: readonly UploadId[]) => void;
}

/** Creates the lock, not yet held. @param locks Without them, other frames are not told. */
export function createSendingLock(locks: LockManager | undefined): SendingLock {
  const sending = new Set<UploadId>();
  let release: (() => void) | undefined;

  async function hold(until: Promise<void>): Promise<void> {
    // Of several frames that send, one holds it and the others wait.
    await locks?.request(LOCK, () => until);
  }

  function update(): void {
    if (sending.size === 0) {
      release?.();
      release = undefined;
    } else if (!release) {
      const until = new Promise<void>((resolve) => (release = resolve));
      // Denied: a frame that does not yield is slower, no more.
      hold(until).catch(() => undefined);
    }
  }

  return {
    follow({ id, state: { status } }) {
      // Others wait: for their turn, the connection, or the person.
      if (status === 'preparing' || status === 'uploading') sending.add(id);
      else sending.delete(id);
      update();
    },
    forget(ids) {
      for (const id of ids) sending.delete(id);
      update();
    },
  };
}

/**
 * Returns a function that tells whether a frame of this origin sends files, as of the last answer of the browser, and
 * asks again for the next call. Without locks, it says no.
 */
export function createSendingWatch(
  locks: LockManager | undefined,
  { now }: Pick<Runtime, 'now'>,
): () => boolean {
  let isAnySending = false;
  let askedAt = -Infinity;

  async function ask(): Promise<void> {
    try {
      // Shared: two frames that ask at the same time do not see each other.
      const options = { mode: 'shared', ifAvailable: true } as const;
      isAnySending = (await locks?.request(LOCK, options, (lock) => lock === null)) ?? false;
    } catch {
      isAnySending = false;
    }
  }

  return () => {
    if (now() - askedAt >= ANSWER_MS) {
      askedAt = now();
      void ask();
    }
    return isAnySending;
  };
}
