import {
  createSendingLock,
  createSendingWatch,
} from '../../../../../src/upload/recovery/journal/sending-lock';
import { createLocks } from '../../../../helpers/browser-locks';
import { flush } from '../../../../helpers/deferred';
import { createFakeRuntime } from '../../../../helpers/fake-runtime';
import { STATES } from '../../../../helpers/upload-states';
import { uploadIn } from '../../../../helpers/uploads';

function begin(locks: LockManager | undefined = createLocks().locks) {
  const runtime = createFakeRuntime();
  const isSending = createSendingWatch(locks, runtime);
  /** The answer after the browser was asked again. */
  const look = async (): Promise<boolean> => {
    await runtime.pass(1_000);
    isSending();
    await flush();
    return isSending();
  };
  return { locks, look, isSending, runtime };
}

const { uploading, queued, waiting } = STATES;

describe('SendingWatch', () => {
  test('tells whether any frame sends files', async () => {
    const { locks, look } = begin();
    const [one, other] = [createSendingLock(locks), createSendingLock(locks)];
    expect(await look()).toBe(false);
    one.follow(uploadIn(uploading, { id: 'a' }));
    other.follow(uploadIn(uploading, { id: 'b' }));
    expect(await look()).toBe(true);
    one.follow(uploadIn(waiting, { id: 'a' }));
    expect(await look()).toBe(true);
    other.forget(['b']);
    expect(await look()).toBe(false);
    // The lock can be held again.
    one.follow(uploadIn(uploading, { id: 'a' }));
    one.follow(uploadIn(uploading, { id: 'c' }));
    one.forget(['a']);
    expect(await look()).toBe(true);
  });

  test('does not count files that wait, and forgets a frame that was closed', async () => {
    const { locks, kill } = createLocks();
    const { look } = begin(locks);
    const lock = createSendingLock(locks);
    lock.follow(uploadIn(queued));
    expect(await look()).toBe(false);
    lock.follow(uploadIn(uploading));
    expect(await look()).toBe(true);
    await kill('sending');
    expect(await look()).toBe(false);
  });

  test('asks the browser once a second', async () => {
    const { locks } = createLocks();
    const request = jest.spyOn(locks, 'request');
    const { isSending, runtime } = begin(locks);
    isSending();
    isSending();
    await flush();
    expect(request).toHaveBeenCalledTimes(1);
    await runtime.pass(1_000);
    isSending();
    expect(request).toHaveBeenCalledTimes(2);
  });

  test.each([
    ['are missing', undefined],
    ['are denied', { request: () => Promise.reject(new DOMException('No.', 'SecurityError')) }],
    [
      'throw',
      {
        request: () => {
          throw new DOMException('No.', 'SecurityError');
        },
      },
    ],
  ])('says no where locks %s', async (_, parts) => {
    const locks = parts as unknown as LockManager | undefined;
    const runtime = createFakeRuntime();
    const isSending = createSendingWatch(locks, runtime);
    const lock = createSendingLock(locks);
    lock.follow(uploadIn(uploading));
    isSending();
    await flush();
    expect(isSending()).toBe(false);
    lock.forget(['a']);
  });
});
