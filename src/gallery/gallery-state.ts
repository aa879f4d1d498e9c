import type { Arrangement } from '../attached/arrange';
import { arrange } from '../attached/arrange';
import type { AttachedFile } from '../attached/attached-file';
import { keyOfFile } from '../attached/attached-file';
import type { Selection } from '../attached/selection';
import { keepShown, NOTHING_SELECTED } from '../attached/selection';
import type { LinkableAttachment } from '../model/attachment';
import type { Problem } from '../model/errors';

/** How files are shown. */
export type View = 'list' | 'grid';

/** A file that was removed here: its bytes stay on the server, so that it can be put back. */
export interface RemovedFile {
  readonly file: AttachedFile;
  readonly linkable: LinkableAttachment;
}

/** Something went wrong with a file, or with the work item. */
export interface Trouble {
  readonly problem: Problem;
  /** Name of the file; `undefined` for the work item. */
  readonly name: string | undefined;
}

/** Everything that the page shows. */
export interface GalleryState {
  /** `connecting`: the host has not answered; `empty`: no work item is in the form; `new`: one without a number. */
  readonly status: 'connecting' | 'empty' | 'new' | 'open';
  /** Whether the host is silent for too long. */
  readonly isLate: boolean;
  /** The work item in the form; 0 where there is none. */
  readonly workItemId: number;
  readonly isReadOnly: boolean;
  /** What is attached; `undefined` as long as that was not read. */
  readonly files: readonly AttachedFile[] | undefined;
  /** Why the work item could not be read. */
  readonly problem: Problem | undefined;
  readonly view: View;
  readonly arrangement: Arrangement;
  /** Those of the files that fit, in order. Follows from the two. */
  readonly shown: readonly AttachedFile[];
  readonly selection: Selection;
  /** Keys of files that are being changed. */
  readonly busy: ReadonlySet<string>;
  /** What was removed here, the last first. */
  readonly bin: readonly RemovedFile[];
  /** Keys of those in the bin that went a moment ago. */
  readonly justRemoved: ReadonlySet<string>;
  readonly troubles: readonly Trouble[];
}

export const NO_GALLERY: GalleryState = {
  status: 'connecting',
  isLate: false,
  workItemId: 0,
  isReadOnly: false,
  files: undefined,
  problem: undefined,
  view: 'list',
  arrangement: { sortBy: 'addedAt', isDescending: true, kinds: new Set(), text: '' },
  shown: [],
  selection: NOTHING_SELECTED,
  busy: new Set(),
  bin: [],
  justRemoved: new Set(),
  troubles: [],
};

/** The state with these facts, and what follows from them. */
export function withFacts(state: GalleryState, facts: Partial<GalleryState>): GalleryState {
  const after = { ...state, ...facts };
  if (after.files === state.files && after.arrangement === state.arrangement) return after;
  const shown = arrange(after.files ?? [], after.arrangement);
  const selection = keepShown(after.selection, state.shown.map(keyOfFile), shown.map(keyOfFile));
  return { ...after, shown, selection };
}

/** Those of the shown files that are selected, in their order. */
export function selectedFiles({ shown, selection }: GalleryState): readonly AttachedFile[] {
  return shown.filter((file) => selection.keys.has(keyOfFile(file)));
}
