import { sha256Of } from '../../../engine/attach/hash-file';
import type { Engine } from '../../../engine/engine';
import { openDiskFile } from '../../../upload/intake/disk-file';
import { defineTool, NUMBER } from './tool';
import type { Tool } from './tool';
import { withGuardedFiles } from './with-guarded-files';

/** Inserts a picture into a text of a work item, exactly once. */
export type InsertPicture = (
  engine: Engine,
  picture: {
    readonly workItemId: number;
    /** Name of a field. Default: a new comment. */
    readonly field?: string;
    readonly path: string;
    /** Path to read the bytes from. */
    readonly openPath: string;
    readonly alternativeText?: string;
  },
  signal: AbortSignal,
) => Promise<{ readonly outcome: string; readonly isError: boolean }>;

/** Maximum length of an alternative text, in characters. */
const MAX_TEXT_LENGTH = 1_000;

/** Maximum length of the name of a field, in characters. */
const MAX_FIELD_LENGTH = 128;

/** Creates `insert_picture`. */
export function createInsertPicture(insert: InsertPicture): Tool {
  return defineTool<{
    readonly work_item: number;
    readonly path: string;
    readonly field?: string;
    readonly alternative_text?: string;
  }>({
    name: 'insert_picture',
    description: 'Attaches a picture and shows it at the end of a field, or in a new comment.',
    properties: {
      work_item: NUMBER,
      path: { type: 'string' },
      field: { type: 'string', minLength: 1, maxLength: MAX_FIELD_LENGTH },
      alternative_text: { type: 'string', maxLength: MAX_TEXT_LENGTH },
    },
    required: ['work_item', 'path'],
    isWrite: true,
    run: ({ work_item: id, path, field, alternative_text: text }, context, signal) =>
      withGuardedFiles({ tool: 'insert_picture', workItem: id, paths: [path] }, context, async ([file]) => {
        if (!file) throw new Error('There is no file.');
        const sha256 = await sha256Of(await openDiskFile(file.openPath));
        const { outcome, isError } = await insert(
          context.engine,
          {
            ...{ workItemId: id, path: file.path, openPath: file.openPath },
            ...(field !== undefined && { field }),
            ...(text !== undefined && { alternativeText: text }),
          },
          signal,
        );
        const { path: real, name, size } = file;
        await context.audit.add({
          ...{ tool: 'insert_picture', workItem: id, path: real, name, bytes: size, sha256, outcome },
        });
        return { value: { name, outcome }, isError };
      }),
  });
}
