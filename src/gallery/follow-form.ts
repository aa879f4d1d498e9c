import type { FormEvent } from '../azure/host/host';
import type { GalleryState } from './gallery-state';

/** Commands of a gallery for the work item in the form. */
interface FormCommands {
  readonly getState: () => GalleryState;
  readonly show: (workItemId: number, isReadOnly: boolean) => void;
  readonly leave: (status: 'empty' | 'new') => void;
  /** Called after a save or refresh of the work item. */
  readonly changed: () => void;
}

/** Returns a listener for form events. */
export function followForm({ getState, show, leave, changed }: FormCommands): (event: FormEvent) => void {
  return (event) => {
    const { workItemId } = event;
    const state = getState();
    const isCurrent = state.status === 'open' && state.workItemId === workItemId;
    switch (event.type) {
      case 'loaded':
        if (event.isNew || !(workItemId > 0)) leave('new');
        else show(workItemId, event.isReadOnly);
        return;
      case 'saved':
        // Some hosts report the first save of a new item as `saved` (host reference 4.2).
        if (workItemId > 0 && state.status === 'new') show(workItemId, false);
        else if (isCurrent) changed();
        return;
      case 'refreshed':
        if (isCurrent) changed();
        return;
      case 'unloaded':
        if (isCurrent || (state.status === 'new' && !(workItemId > 0))) leave('empty');
        return;
      case 'changed':
      case 'reset':
        return;
    }
  };
}
