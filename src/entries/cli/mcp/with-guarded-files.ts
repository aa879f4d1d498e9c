import type { GuardedFile } from './guarded-files';
import { PathRefusedError } from './path-guard';
import type { ToolContext } from './tool';

/** Paths of a call. */
export interface GuardedCall {
  readonly tool: string;
  readonly workItem: number;
  readonly paths: readonly string[];
}

/**
 * Opens the files of a call, runs `task` and closes them. If one path is refused, nothing is done at all.
 *
 * @throws PathRefusedError, or the error of `task`.
 */
export async function withGuardedFiles<T>(
  { tool, workItem, paths }: GuardedCall,
  { files, audit }: Pick<ToolContext, 'files' | 'audit'>,
  task: (files: readonly GuardedFile[]) => Promise<T>,
): Promise<T> {
  const opened: GuardedFile[] = [];
  try {
    for (const [index, path] of paths.entries()) {
      try {
        const file = await files.openFile(path);
        opened.push(file);
      } catch (error) {
        if (!(error instanceof PathRefusedError)) throw error;
        await audit.add({ tool, workItem, path, outcome: 'refused', reason: error.message });
        throw paths.length === 1 ? error : new PathRefusedError(`Path ${index + 1}: ${error.message}`);
      }
    }
    // Two paths may lead to one file.
    const distinct = new Map(opened.map((file) => [file.path, file]));
    return await task([...distinct.values()]);
  } finally {
    await Promise.all(opened.map(({ close }) => close()));
  }
}
