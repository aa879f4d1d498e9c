import type { FormSession } from './form-session';

/** Calls back whenever more of the uploads are linked than before. */
export function onMoreLinked(queue: FormSession['queue'], listener: () => void): void {
  const count = (): number => queue.getSnapshot().filter(({ state }) => state.status === 'linked').length;
  let before = count();
  queue.subscribe(() => {
    const now = count();
    if (now > before) listener();
    before = now;
  });
}
