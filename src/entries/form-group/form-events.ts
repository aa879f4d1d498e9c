import type { FormEvent, Host } from '../../azure/host/host';

/** What a form tells, for more than one that wants to know. */
export interface FormEvents {
  /** Instead of the host's own: it may be called once as well. */
  readonly connect: Host['connect'];
  /** Passes on what the form tells from now on, after what tells which work item it shows by now. */
  readonly follow: (listener: (event: FormEvent) => void) => void;
}

/** Lets those who come later follow a form that can be connected to once only. */
export function shareFormEvents({ connect }: Pick<Host, 'connect'>): FormEvents {
  const listeners = new Set<(event: FormEvent) => void>();
  /** What the work item in the form came with; its first save gives a new one its number. */
  let story: readonly FormEvent[] = [];
  return {
    connect: (onFormEvent) => {
      listeners.add(onFormEvent);
      return connect((event) => {
        if (event.type === 'loaded' || event.type === 'unloaded') story = [event];
        else if (event.type === 'saved') story = [...story.filter(({ type }) => type !== 'saved'), event];
        for (const listener of listeners) listener(event);
      });
    },
    follow: (listener) => {
      for (const event of story) listener(event);
      listeners.add(listener);
    },
  };
}
