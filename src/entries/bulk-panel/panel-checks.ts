import { planTarget } from '../../azure/work-item';
import type { FileId } from '../../bulk/plan/plan';
import type { CheckedFiles } from '../../upload/checks/checks-state';
import type { FileChecks } from '../../upload/checks/file-checks';
import type { LimitItems } from '../../upload/checks/large-files';
import type { Picked } from '../../upload/intake/intake';
import type { PickedFile } from '../../upload/upload';
import type { PanelState } from './panel-state';

/** Creates the checks of files before they are planned. */
export type CreatePanelChecks = (edges: {
  readonly files: CheckedFiles;
  readonly plan: PlanLimits;
}) => FileChecks;

/** Facts of the plan about files over the limit. */
export type PlanLimits = Omit<LimitItems, 'fileLimit'>;

/** Checks of the files that a person adds to the panel. */
export interface PanelChecks {
  /** Missing if files are not checked. */
  readonly checks: FileChecks | undefined;
  /** Passes on each file once, unless it is left out. */
  readonly check: (picked: Picked) => void;
  /** Resolves once no file is being checked, apart from those that wait for an answer; `undefined` if none is. */
  readonly checking: () => Promise<void> | undefined;
  /** Shows the facts about files that are in the plan now. */
  readonly onAdded: (added: ReadonlyMap<FileId, PickedFile>) => void;
  /** Drops the facts about files that are in the plan no longer. */
  readonly onRemoved: (ids: ReadonlySet<FileId>) => void;
  /** Drops all facts: the bytes of a run do not change. */
  readonly dismissAll: () => void;
}

/** Dependencies of `createPanelChecks`. */
export interface PanelChecksOptions {
  /** Default: files are not checked. */
  readonly createChecks?: CreatePanelChecks | undefined;
  /** Receives checked files. */
  readonly pass: (picked: Picked) => void;
  /** Plans a file as it was picked, in place of the changed one. */
  readonly restore: CheckedFiles['undo'];
  readonly plan: PlanLimits;
}

/** Files in question go to no work item yet. */
const PLAN = planTarget('plan');

/** Creates the checks of a panel. They know the plan, not a queue: nothing is uploaded before the run. */
export function createPanelChecks({ createChecks, pass, restore, plan }: PanelChecksOptions): PanelChecks {
  let listener: Parameters<CheckedFiles['onGone']>[0] = () => undefined;
  const checks = createChecks?.({
    files: { undo: restore, onGone: (each) => void (listener = each) },
    plan,
  });
  let underway: Promise<unknown> | undefined;

  const isMasking = (): boolean => checks?.getSnapshot().held.some(({ isBusy }) => isBusy) ?? false;

  function whenMasked(): Promise<void> {
    return new Promise((resolve) => {
      const stop = checks?.subscribe(() => {
        if (isMasking()) return;
        stop?.();
        resolve();
      }, 'at-once');
    });
  }

  function checking(): Promise<void> | undefined {
    const current = underway ?? (isMasking() ? whenMasked() : undefined);
    return current?.then(() => checking());
  }

  return {
    checks,
    checking,

    check(picked) {
      if (!checks) {
        pass(picked);
        return;
      }
      const mine = Promise.all([underway, checks.check(picked, PLAN, pass)]).then(() => {
        if (underway === mine) underway = undefined;
      });
      underway = mine;
    },

    onAdded: (added) => checks?.onAdded(added, PLAN),
    onRemoved: (ids) => listener(ids),
    dismissAll: () => checks?.dismiss(checks.getSnapshot().notes),
  };
}

/** Facts of a plan about files over the limit. */
export function planLimitsOf(readState: () => Pick<PanelState, 'items' | 'run'>): PlanLimits {
  return {
    // Places on the work item with the most: the plan names those without room.
    roomOf() {
      const free = readState().items.map((item) => item.attachmentLimit - item.attachments.length);
      return free.length > 0 ? Math.max(...free) : Infinity;
    },
    isAwaited({ size }) {
      const uploads = readState().run?.run.queue.getSnapshot() ?? [];
      return uploads.some(({ state, file }) => state.status === 'needs-file' && file.size === size);
    },
    // The plan treats names that are taken.
    namesOn: () => [],
  };
}
