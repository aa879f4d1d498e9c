import type { FormEvent, Host } from '../../azure/host/host';
import type { UploadService } from '../upload-service';

/** Form events for several listeners. */
export interface FormEvents {
  /** Replaces `connect` of the host. Called once as well. */
  readonly connect: Host['connect'];
  /** Subscribes to form events; replays the events of the current item first. */
  readonly follow: (listener: (event: FormEvent) => void) => void;
}

/** Shares the form events of a host, which accepts only one listener. */
export function shareFormEvents({ connect }: Pick<Host, 'connect'>): FormEvents {
  const listeners = new Set<(event: FormEvent) => void>();
  /** First event of the current item, and its last save, since the first one gives a new item its number. */
  let replay: readonly FormEvent[] = [];
  return {
    connect: (onFormEvent) => {
      listeners.add(onFormEvent);
      return connect((event) => {
        if (event.type === 'loaded' || event.type === 'unloaded') replay = [event];
        else if (event.type === 'saved') replay = [...replay.filter(({ type }) => type !== 'saved'), event];
        for (const listener of listeners) listener(event);
      });
    },
    follow: (listener) => {
      for (const event of replay) listener(event);
      listeners.add(listener);
    },
  };
}

/** Calls `listener` each time the number of linked uploads increases. */
export function onMoreLinked(
  queue: Pick<UploadService['queue'], 'getSnapshot' | 'subscribe'>,
  listener: () => void,
): void {
  const count = (): number => queue.getSnapshot().filter(({ state }) => state.status === 'linked').length;
  let before = count();
  queue.subscribe(() => {
    const now = count();
    if (now > before) listener();
    before = now;
  });
}
