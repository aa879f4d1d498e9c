import type { Documents } from '../../../azure/host/documents';
import type { Host, HostProject } from '../../../azure/host/host';
import type { FrameServices } from '../../../upload/frame-services';
import type { PagePolicy } from '../../../upload/rules/policy/hidden-parts';
import type { PolicySource } from '../../../upload/rules/policy/policy-source';
import type { ProjectResult } from '../project-index';
import type { RowRange, RowSelection } from './row-selection';

/** Collection with the recorded removals of a person. */
export const CLEAN_UP_RUNS = 'clean-up-runs';

/** Work in a dialog of its own. */
export type HubAction = RowsAction | CleanUpAction;

/** Work on chosen files. */
export interface RowsAction {
  readonly kind: 'export' | 'remove' | 'rename' | 'copy' | 'move' | 'compare';
  readonly rows: ChosenRows;
  /** Whether the rows are copies, to remove while the oldest file of their group stays. */
  readonly keepsOldest?: boolean;
}

/** Removal by rules, or work on an earlier removal. */
export type CleanUpAction =
  /** `frame` is the current search. */
  | { readonly kind: 'clean-up'; readonly frame: string }
  | { readonly kind: 'runs' }
  | { readonly kind: 'run'; readonly id: string; readonly resumes: boolean };

/** Chosen rows of a result. */
export interface ChosenRows {
  readonly result: Pick<ProjectResult, 'id' | 'count'>;
  /** Sorted, not empty, with gaps between them. */
  readonly ranges: readonly RowRange[];
}

/** Services of the dialogs. */
export interface HubActionServices {
  readonly services: FrameServices;
  readonly project: HostProject;
  /** Opens a collection of the person's documents. */
  readonly openDocuments: (collection: string) => Documents;
  readonly openBulkPanel: Host['openBulkPanel'];
  /** Rules of the project. Default: none. */
  readonly policy?: PolicySource;
  /** See `PagePolicy`. Default: no part is hidden. */
  readonly isHidden?: PagePolicy['isHidden'];
}

/** Returns the action on the selected rows. Without a selection, an export is of the whole result. */
export function actionOf(
  kind: RowsAction['kind'],
  result: ProjectResult | undefined,
  selection: RowSelection,
): RowsAction | undefined {
  if (!result || result.count === 0) return undefined;
  if (selection.count > 0) return { kind, rows: { result, ranges: selection.ranges } };
  return kind === 'export'
    ? { kind, rows: { result, ranges: [{ from: 0, until: result.count }] } }
    : undefined;
}
