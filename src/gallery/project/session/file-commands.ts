import type { Host } from '../../../azure/host/host';
import { isCancelled, toProblem } from '../../../base/errors';
import type { ComparisonAccess } from '../../compare/comparison-access';
import type { PagePolicy } from '../../../upload/rules/policy/hidden-parts';
import type { AttachedFile } from '../../model/attached-file';
import { attachmentOf, partsOf } from '../../model/attached-file';
import { soundParts } from '../../model/split-files';
import type { ProjectFile, ProjectIndex } from '../project-index';
import type { HubFiles } from './hub-files';
import { membersOf, toAttachedFile } from './hub-files';
import type { HubState } from './hub-state';
import { rowOf } from './row-pages';
import { selectRow } from './row-selection';

/** Selected files for one download or copy. More would not fit into the memory of the page. */
export const MAX_CHOSEN_FILES = 500;

/** Commands for found files. */
export interface FileCommands {
  /** Opens the preview of a row; downloads its file where previews are switched off. */
  readonly preview: (row: number) => void;
  /** Previews and selects the next or previous row, if there is one. */
  readonly previewNext: (step: 1 | -1) => void;
  readonly closePreview: () => void;
  /** Saves a file to the person's disk. */
  readonly download: (file: ProjectFile) => Promise<void>;
  /** Access of a comparison to the bytes of its files; `undefined` if they cannot be read. */
  readonly comparison: ComparisonAccess | undefined;
  /** Saves the selected files: one as it is, several as a zip. At most `MAX_CHOSEN_FILES`. */
  readonly downloadSelected: () => Promise<void>;
  /** Reads the selected rows; none if the result is no longer valid. At most `MAX_CHOSEN_FILES`. */
  readonly readSelected: () => Promise<readonly ProjectFile[]>;
  /** Opens the panel to attach the selected files to more work items. At most `MAX_CHOSEN_FILES`. */
  readonly attachSelectedToMore: () => Promise<void>;
  /** See `PagePolicy`. */
  readonly isHidden: PagePolicy['isHidden'];
  /** Saves the attachments of the split file that could not be joined. */
  readonly saveParts: () => Promise<void>;
  readonly dismissFileError: () => void;
}

/** Dependencies of `createFileCommands`. */
export interface FileCommandsOptions {
  readonly getState: () => HubState;
  readonly change: (facts: Partial<HubState>) => void;
  readonly index: Pick<ProjectIndex, 'readRows'>;
  readonly files: HubFiles | undefined;
  readonly openBulkPanel: Host['openBulkPanel'] | undefined;
  readonly isHidden: PagePolicy['isHidden'];
  /** Reads rows that are not visible. */
  readonly loadRows: (from: number, until: number) => void;
}

/** Creates the commands. */
export function createFileCommands(options: FileCommandsOptions): FileCommands {
  const { getState, change, index, files, openBulkPanel, isHidden, loadRows } = options;

  function preview(row: number): void {
    const { result } = getState();
    if (!files || !result || row < 0 || row >= result.count) return;
    if (isHidden('previews')) {
      const file = rowOf(result.pages, row);
      if (file) void download(toAttachedFile(file));
      return;
    }
    change({ previewed: row });
    // With its neighbors, so that the next step shows at once.
    loadRows(Math.max(0, row - 1), Math.min(result.count, row + 2));
  }

  async function readSelected(): Promise<readonly ProjectFile[]> {
    const { result, selection } = getState();
    if (!result || selection.count > MAX_CHOSEN_FILES) return [];
    const parts = await Promise.all(
      selection.ranges.map(async ({ from, until }) => {
        const loaded = Array.from({ length: until - from }, (_, at) => rowOf(result.pages, from + at));
        return loaded.every((file) => file !== undefined)
          ? loaded
          : index.readRows(result.id, from, until - from);
      }),
    );
    return parts.flat();
  }

  async function download(file: AttachedFile): Promise<void> {
    change({ fileError: undefined });
    try {
      await files?.downloads.start(file);
    } catch (error) {
      const problem = toProblem(error);
      const parts = file.volumes && soundParts(file, problem.parts);
      change({ fileError: { name: file.name, problem, ...(parts && { parts }) } });
    }
  }

  /** Tells why a command for the selected files failed. */
  function fail(error: unknown): void {
    if (!isCancelled(error)) change({ fileError: { name: undefined, problem: toProblem(error) } });
  }

  return {
    preview,
    isHidden,

    previewNext(step) {
      const { previewed, selection } = getState();
      if (previewed === undefined) return;
      preview(previewed + step);
      const { previewed: next } = getState();
      if (next !== undefined) change({ selection: selectRow(selection, next, 'only') });
    },

    closePreview: () => change({ previewed: undefined }),
    download: (file) => download(toAttachedFile(file)),
    comparison: files && { readBytes: files.readBytes, runTask: files.runTask, download },
    readSelected,

    async downloadSelected() {
      try {
        const chosen = await readSelected();
        const [first] = chosen;
        if (first && chosen.length === 1) await download(toAttachedFile(first));
        else if (first) files?.zip.start(chosen.map(toAttachedFile), membersOf(chosen));
      } catch (error) {
        fail(error);
      }
    },

    async attachSelectedToMore() {
      try {
        const chosen = await readSelected();
        const attached = chosen.flatMap((file) => partsOf(toAttachedFile(file)).map(attachmentOf));
        if (attached.length > 0) openBulkPanel?.([], attached);
      } catch (error) {
        fail(error);
      }
    },

    async saveParts() {
      for (const part of getState().fileError?.parts ?? []) await download(part);
    },
    dismissFileError: () => change({ fileError: undefined }),
  };
}
