import type { Arrangement } from '../attached/arrange';
import { arrange } from '../attached/arrange';
import type { AttachedFile } from '../attached/attached-file';
import { keyOfFile } from '../attached/attached-file';
import type { RelationKind } from '../attached/related-items';
import type { Selection } from '../attached/selection';
import { keepShown, NOTHING_SELECTED } from '../attached/selection';
import type { LinkableAttachment } from '../model/attachment';
import type { Problem } from '../model/errors';
import type { Store } from '../base/store';
import { createStore } from '../base/store';

/** How files are shown. */
export type View = 'list' | 'grid';

/** A work item whose files are shown. */
export interface Member {
  readonly workItemId: number;
  /** `own` for the one in the form. */
  readonly kinship: 'own' | RelationKind;
  /** As the server said them; empty where it did not. */
  readonly type: string;
  readonly title: string;
}

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
  /** Those whose files they are, the one in the form first. */
  readonly members: readonly Member[];
  /** Whether the files of the parent, the children and the related work items are shown as well. */
  readonly withFamily: boolean;
  /** Why the work item could not be read. */
  readonly problem: Problem | undefined;
  readonly view: View;
  readonly arrangement: Arrangement;
  /** Those of the files that fit, in order, work item by work item. Follows from the facts above. */
  readonly shown: readonly AttachedFile[];
  readonly selection: Selection;
  /** Key of the file that is looked at by itself. */
  readonly previewed: string | undefined;
  /** Keys of files that are being changed. */
  readonly busy: ReadonlySet<string>;
  /** What was removed here, the last first. */
  readonly bin: readonly RemovedFile[];
  /** Keys of those in the bin that went a moment ago. */
  readonly justRemoved: ReadonlySet<string>;
  readonly troubles: readonly Trouble[];
}

/** Before anything is known. */
const NO_GALLERY: GalleryState = {
  status: 'connecting',
  isLate: false,
  workItemId: 0,
  isReadOnly: false,
  files: undefined,
  members: [],
  withFamily: false,
  problem: undefined,
  view: 'list',
  arrangement: { sortBy: 'addedAt', isDescending: true, kinds: new Set(), text: '' },
  shown: [],
  selection: NOTHING_SELECTED,
  previewed: undefined,
  busy: new Set(),
  bin: [],
  justRemoved: new Set(),
  troubles: [],
};

/** The state of the page, changed by what is different, or by what that follows from. */
export interface GalleryStore extends Store<GalleryState, (state: GalleryState) => Partial<GalleryState>> {
  readonly change: (facts: Partial<GalleryState>) => void;
}

/** State of a page before anything is known. */
export function createGalleryStore(): GalleryStore {
  const store = createStore<GalleryState, (state: GalleryState) => Partial<GalleryState>>(
    (state, change) => withFacts(state, change(state)),
    NO_GALLERY,
    { notify: 'at-once' },
  );
  return { ...store, change: (facts) => store.dispatch(() => facts) };
}

/** What another work item than before is begun with: how a person likes to look at files, and nothing of the files. */
export function freshFacts({ view, arrangement, withFamily }: GalleryState): GalleryState {
  return { ...NO_GALLERY, view, arrangement, withFamily };
}

/** Those of the shown files that are selected, in their order. */
export function selectedFiles({ shown, selection }: GalleryState): readonly AttachedFile[] {
  return shown.filter((file) => selection.keys.has(keyOfFile(file)));
}

/** The file that is looked at by itself, and its place among those that are shown, from 0; -1 where it is not shown. */
export function previewedFile({ files, shown, previewed }: GalleryState): {
  readonly file: AttachedFile | undefined;
  readonly at: number;
} {
  const isIt = (file: AttachedFile): boolean => keyOfFile(file) === previewed;
  return { file: files?.find(isIt), at: shown.findIndex(isIt) };
}

/** The state with these facts, and what follows from them. */
function withFacts(state: GalleryState, facts: Partial<GalleryState>): GalleryState {
  const after = { ...state, ...facts };
  if (after.files === state.files && after.arrangement === state.arrangement) return after;
  const fitting = arrange(after.files ?? [], after.arrangement);
  const shown = after.members.flatMap(({ workItemId }) =>
    fitting.filter((file) => file.workItemId === workItemId),
  );
  const selection = keepShown(after.selection, state.shown.map(keyOfFile), shown.map(keyOfFile));
  return { ...after, shown, selection };
}
