import type { Arrangement } from './model/arrange';
import { arrange } from './model/arrange';
import type { AttachedFile } from './model/attached-file';
import { keyOfFile } from './model/attached-file';
import type { CopiedHere } from './texts/texts-state';
import type { TextFiles } from './texts/texts-state';
import type { describeParts, joinSplitFiles, soundParts } from './split/split-tools';
import { NO_FILTERS } from './model/filters';
import type { RelationKind } from '../azure/related-items';
import type { Selection } from './model/selection';
import { keepShown, NOTHING_SELECTED } from './model/selection';
import type { LinkableAttachment, WorkItem } from '../azure/work-item';
import type { Problem } from '../base/errors';
import type { Store } from '../base/store';
import { createStore } from '../base/store';

/** Layout of the files. */
export type View = 'list' | 'grid';

/** Work item with files in the gallery. */
export interface Member {
  readonly workItemId: number;
  /** `own` for the work item in the form. */
  readonly kinship: 'own' | RelationKind;
  /** Type and title from the server; empty when unknown. */
  readonly type: string;
  readonly title: string;
}

/** Removed file. Its bytes stay on the server, so that it can be restored. */
export interface RemovedFile {
  readonly file: AttachedFile;
  readonly linkable: LinkableAttachment;
}

/** Error of a command. */
export interface FileError {
  readonly problem: Problem;
  /** Name of the file; `undefined` for several files. */
  readonly name: string | undefined;
  /** The work item that was to be changed: the form may show another one by then. `undefined` if unknown. */
  readonly workItem: Pick<WorkItem, 'id' | 'type'> | undefined;
  /** Attachments to save one by one instead, for a split file that cannot be joined. */
  readonly parts?: readonly AttachedFile[] | undefined;
}

/** Code for split files. */
export interface SplitTools {
  readonly joinSplitFiles: typeof joinSplitFiles;
  readonly describeParts: typeof describeParts;
  readonly soundParts: typeof soundParts;
}

/** State of the gallery. */
export interface GalleryState {
  /** `connecting` to the host; `empty` without a work item; `new` before the first save of one; otherwise `open`. */
  readonly status: 'connecting' | 'empty' | 'new' | 'open';
  /** Whether the host has not connected in time. */
  readonly isLate: boolean;
  /** The work item in the form; 0 if there is none. */
  readonly workItemId: number;
  readonly isReadOnly: boolean;
  /** All attachments; `undefined` before the first reading. The volumes of a split file are files of their own. */
  readonly files: readonly AttachedFile[] | undefined;
  /** Loaded before the first split file is shown. */
  readonly split: SplitTools | undefined;
  /** Work items of the files, the one in the form first. */
  readonly members: readonly Member[];
  /** Whether to show files of the parent, the children and related work items as well. */
  readonly withFamily: boolean;
  /** Whether to show files in texts of the work item in the form. */
  readonly withTexts: boolean;
  /** Files in texts. `undefined` before the first reading. */
  readonly texts: TextFiles | undefined;
  /** Reason why the texts could not be read. */
  readonly textsProblem: Problem | undefined;
  /**
   * Whether only a strip of the latest files is shown. It reads nothing when the form changes: the form group passes on
   * the work items that it reads.
   */
  readonly isFolded: boolean;
  /** Reason why the work item could not be read. */
  readonly problem: Problem | undefined;
  readonly view: View;
  readonly arrangement: Arrangement;
  /** All files of the list: `files`, split ones joined, and those in texts if requested. Derived. */
  readonly listed: readonly AttachedFile[];
  /** The listed files, filtered and sorted, grouped by work item. Derived. */
  readonly shown: readonly AttachedFile[];
  readonly selection: Selection;
  /** Key of the file in the preview. */
  readonly previewed: string | undefined;
  /** The last previewed file that another client has removed, and its place in `shown` before that. */
  readonly gone: { readonly file: AttachedFile; readonly at: number } | undefined;
  /** Keys of files with a change in progress. */
  readonly busy: ReadonlySet<string>;
  /** Removed files, the last one first. */
  readonly bin: readonly RemovedFile[];
  /** Keys of the files in the bin removed a moment ago. */
  readonly justRemoved: ReadonlySet<string>;
  /** Images copied from elsewhere by the last command. */
  readonly copied: CopiedHere | undefined;
  /** Errors of the last command. */
  readonly errors: readonly FileError[];
}

/** State before the host is connected. */
const NO_GALLERY: GalleryState = {
  status: 'connecting',
  isLate: false,
  workItemId: 0,
  isReadOnly: false,
  files: undefined,
  split: undefined,
  members: [],
  withFamily: false,
  withTexts: false,
  texts: undefined,
  textsProblem: undefined,
  isFolded: false,
  problem: undefined,
  view: 'list',
  arrangement: { sortBy: 'addedAt', isDescending: true, ...NO_FILTERS },
  listed: [],
  shown: [],
  selection: NOTHING_SELECTED,
  previewed: undefined,
  gone: undefined,
  busy: new Set(),
  bin: [],
  justRemoved: new Set(),
  copied: undefined,
  errors: [],
};

/** Store of the gallery's state. Actions compute the changed facts. */
export interface GalleryStore extends Store<GalleryState, (state: GalleryState) => Partial<GalleryState>> {
  readonly change: (facts: Partial<GalleryState>) => void;
}

/** Creates the store of a gallery. */
export function createGalleryStore(): GalleryStore {
  const store = createStore<GalleryState, (state: GalleryState) => Partial<GalleryState>>(
    (state, change) => withFacts(state, change(state)),
    NO_GALLERY,
    { notify: 'at-once' },
  );
  return { ...store, change: (facts) => store.dispatch(() => facts) };
}

/** Initial state for another work item: keeps the layout and order. A filter could hide all of its files. */
export function freshFacts(state: GalleryState): GalleryState {
  const { view, arrangement, withFamily, withTexts, isFolded, split } = state;
  const kept = {
    view,
    arrangement: { ...arrangement, ...NO_FILTERS },
    withFamily,
    withTexts,
    isFolded,
    split,
  };
  return { ...NO_GALLERY, ...kept };
}

/** Whether any file came from a folder. Commands about folders need no place otherwise. */
export function hasFolders({ listed }: GalleryState): boolean {
  return listed.some(({ folder }) => folder !== '');
}

/** Selected files in the order shown. */
export function selectedFiles({ shown, selection }: GalleryState): readonly AttachedFile[] {
  return shown.filter((file) => selection.keys.has(keyOfFile(file)));
}

/** Whether a file can be renamed, replaced, removed and so on: not while it changes, and not in a text. */
export function canChange({ isReadOnly, busy }: GalleryState, file: AttachedFile): boolean {
  return !isReadOnly && !file.inText && !busy.has(keyOfFile(file));
}

/** File in the preview. */
export interface Previewed {
  readonly file: AttachedFile | undefined;
  /** Index among the shown files; -1 if it is not shown. That of the next file if it is gone. */
  readonly at: number;
  /** Whether another client has removed it. */
  readonly isGone: boolean;
}

/** The file in the preview. */
export function previewedFile({ listed, shown, previewed, gone }: GalleryState): Previewed {
  const isIt = (file: AttachedFile): boolean => keyOfFile(file) === previewed;
  const file = listed.find(isIt);
  if (!file && gone && isIt(gone.file)) return { ...gone, isGone: true };
  return { file, at: shown.findIndex(isIt), isGone: false };
}

/** The shown file before or after the previewed one. */
export function neighborOf(state: GalleryState, step: 1 | -1): AttachedFile | undefined {
  const { at, isGone } = previewedFile(state);
  return state.shown[isGone && step === 1 ? at : at + step];
}

/** Applies facts to the state and updates all derived ones. */
function withFacts(state: GalleryState, facts: Partial<GalleryState>): GalleryState {
  const changed = { ...state, ...facts };
  if (LIST_FACTS.every((fact) => changed[fact] === state[fact])) return changed;
  const { files = [], split, texts, withTexts, isFolded } = changed;
  const textFiles = withTexts && !isFolded && texts ? texts.files : [];
  const after = { ...changed, listed: [...(split?.joinSplitFiles(files) ?? files), ...textFiles] };
  const fitting = arrange(after.listed, after.arrangement);
  const shown = after.members.flatMap(({ workItemId }) => {
    const ofItem = fitting.filter((file) => file.workItemId === workItemId);
    return [...ofItem.filter(({ inText }) => !inText), ...ofItem.filter(({ inText }) => inText)];
  });
  const selection = keepShown(after.selection, state.shown.map(keyOfFile), shown.map(keyOfFile));
  return { ...after, shown, selection, ...previewFacts(state, after) };
}

/** Facts that decide which files are shown. */
const LIST_FACTS = ['files', 'split', 'texts', 'withTexts', 'isFolded', 'arrangement'] as const;

/** Keeps the preview of a file that another client has removed. A removal by this gallery closes it. */
function previewFacts(before: GalleryState, after: GalleryState): Partial<GalleryState> {
  const { file, at } = previewedFile(before);
  if (!file || after.previewed !== before.previewed) return {};
  const isIt = (each: AttachedFile): boolean => keyOfFile(each) === before.previewed;
  if (after.listed.some(isIt)) return { gone: undefined };
  return after.bin.some((removed) => isIt(removed.file))
    ? { previewed: undefined, gone: undefined }
    : { gone: { file, at } };
}
