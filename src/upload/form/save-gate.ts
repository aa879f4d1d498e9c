import { createLatest } from '../../base/async';
import type { Runtime } from '../../base/runtime';
import type { FormEvent, Host } from '../../azure/host/host';
import type { LinkTarget } from '../../azure/work-item';
import { workItemTarget } from '../../azure/work-item';
import type { EditsChoice } from './edits-choice';
import type { OpenForm } from './form-state';

/** Dependencies of `createSaveGate`. */
export interface SaveGateOptions {
  readonly host: Pick<Host, 'getUnsavedEdits' | 'saveForm'>;
  readonly choice: () => EditsChoice;
  /** Called when a save starts, succeeds or fails. */
  readonly onSaving: (target: LinkTarget, saving: OpenForm['saving']) => void;
  /** Whether files wait for a save of the work item. */
  readonly hasWaiting: (workItemId: number) => boolean;
  /** Releases the files that wait for a save of the work item. */
  readonly release: (workItemId: number) => void;
  readonly runtime: Runtime;
}

/** Delays links to work items with unsaved edits: a patch would make the save conflict (REST reference D.7). */
export interface SaveGate {
  /** Resolves with whether the work item can be patched without a conflict. Never rejects. */
  readonly canLink: (workItemId: number) => Promise<boolean>;
  /** Records whether the work item has edits now. The host cannot tell once another item is active. */
  readonly check: (workItemId: number) => Promise<void>;
  /** Resolves with whether the form was saved. Calls during a save share its result. */
  readonly save: (target: LinkTarget, hostId: number) => Promise<boolean>;
  readonly onFormEvent: (event: FormEvent) => void;
  /** Whether links to the work item wait, according to the last check. */
  readonly isClosed: (workItemId: number) => boolean;
}

/** Interval between checks of a form with waiting files, in milliseconds. A host may not report a save. */
const CHECK_INTERVAL_MS = 3_000;

/** Creates the gate of one frame. */
export function createSaveGate(options: SaveGateOptions): SaveGate {
  const { host, choice, onSaving, hasWaiting, release, runtime } = options;
  /** Work items with unsaved edits at the last check, or with changes since. */
  const edited = new Set<number>();
  const watched = new Set<number>();
  const startChange = createLatest();
  /** Saves in progress, by the host's id of the item. */
  const saves = new Map<number, Promise<boolean>>();

  async function check(workItemId: number): Promise<void> {
    const edits = await host.getUnsavedEdits(workItemId);
    if (edits === 'some') edited.add(workItemId);
    if (edits === 'none') edited.delete(workItemId);
  }

  /**
   * Rules of the service change fields like the user does. Only the host can tell, while the item is active, so it is
   * asked at once.
   */
  async function markChanged(workItemId: number): Promise<void> {
    edited.add(workItemId);
    if (choice() === 'attach-now') return;
    const isLatest = startChange(workItemId);
    const edits = await host.getUnsavedEdits(workItemId);
    if (isLatest() && edits === 'none') edited.delete(workItemId);
  }

  async function releaseIfSaved(workItemId: number): Promise<void> {
    await check(workItemId);
    if (!edited.has(workItemId)) release(workItemId);
  }

  function watch(workItemId: number): void {
    if (watched.has(workItemId)) return;
    watched.add(workItemId);
    runtime.setTimer(CHECK_INTERVAL_MS, () => {
      watched.delete(workItemId);
      if (!hasWaiting(workItemId)) return;
      watch(workItemId);
      void releaseIfSaved(workItemId);
    });
  }

  function save(target: LinkTarget, hostId: number): Promise<boolean> {
    const saving = saves.get(hostId) ?? saveForm(target, hostId).finally(() => saves.delete(hostId));
    saves.set(hostId, saving);
    return saving;
  }

  async function saveForm(target: LinkTarget, hostId: number): Promise<boolean> {
    onSaving(target, 'under-way');
    const result = await host.saveForm(hostId);
    onSaving(target, result.outcome === 'saved' ? undefined : result);
    return result.outcome === 'saved';
  }

  return {
    check,
    save,
    isClosed: (workItemId) => edited.has(workItemId) && choice() !== 'attach-now',

    async canLink(workItemId) {
      if (choice() === 'attach-now') return true;
      await check(workItemId);
      const isSavedFirst = edited.has(workItemId) && choice() === 'save-first';
      if (isSavedFirst && (await save(workItemTarget(workItemId), workItemId))) edited.delete(workItemId);
      if (edited.has(workItemId)) watch(workItemId);
      return !edited.has(workItemId);
    },

    onFormEvent({ type, workItemId }) {
      if (!(workItemId > 0)) return;
      if (type === 'changed') void markChanged(workItemId);
      if (type === 'loaded') void releaseIfSaved(workItemId);
      if (type === 'saved' || type === 'refreshed' || type === 'reset') {
        edited.delete(workItemId);
        release(workItemId);
      }
    },
  };
}
