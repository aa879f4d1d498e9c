import { createMutex } from '../../../base/async';
import { isCancelled, isStaplerError, toProblem } from '../../../base/errors';
import { FolderInUseError } from '../../../upload/recovery/journal/folder-lock';
import { describeProblem, plain } from '../../../engine/sentences';
import type { Answer } from './answer';
import { answerOf } from './answer';
import { attachFiles } from './attach-files';
import type { InsertPicture } from './insert-picture';
import { createInsertPicture } from './insert-picture';
import { listFiles } from './list-files';
import { PathRefusedError } from './path-guard';
import { readFile } from './read-file';
import { removeFiles } from './remove-files';
import type { Tool, ToolContext } from './tool';
import { ToolError } from './tool-error';

/** Choice of tools. */
export interface ToolChoice {
  /** Whether there is an allowed folder. */
  readonly hasFolders: boolean;
  readonly canRemove: boolean;
  readonly insertPicture?: InsertPicture;
}

/** Returns the tools of a server. Without an allowed folder, none of them reads or writes a file. */
export function toolsOf({ hasFolders, canRemove, insertPicture }: ToolChoice): readonly Tool[] {
  return [
    listFiles,
    ...(hasFolders ? [readFile, attachFiles] : []),
    ...(hasFolders && insertPicture ? [createInsertPicture(insertPicture)] : []),
    ...(canRemove ? [removeFiles] : []),
  ];
}

/** Checks the arguments of a call. Returns `undefined`, or the reason of a refusal. */
export type CheckInput = (tool: Tool, input: unknown) => string | undefined;

/** Calls of a session. */
export interface ToolCalls {
  /** Runs a tool. Never rejects: every failure is an answer. */
  readonly call: (name: string, input: unknown, signal: AbortSignal) => Promise<Answer>;
  /** Waits for the end of all calls. */
  readonly whenDone: () => Promise<void>;
}

/** Creates the calls of a session. Writes run one after the other. */
export function createToolCalls(
  tools: readonly Tool[],
  context: ToolContext,
  checkInput: CheckInput,
): ToolCalls {
  const serialize = createMutex();
  const running = new Set<Promise<unknown>>();

  async function run(name: string, input: unknown, signal: AbortSignal): Promise<Answer> {
    const tool = tools.find((each) => each.name === name);
    if (!tool) return answerOf('There is no such tool.', true);
    const refusal = checkInput(tool, input);
    if (refusal !== undefined) return answerOf(plain(refusal), true);
    if (tool.isWrite && !context.audit.isComplete()) return answerOf("The audit log can't be written.", true);
    try {
      const start = (): ReturnType<Tool['run']> => tool.run(input, context, signal);
      const { value, isError } = await (tool.isWrite ? serialize(start) : start());
      return answerOf(value, isError);
    } catch (error) {
      return answerOf(plain(describe(error)), true);
    }
  }

  return {
    call(name, input, signal) {
      const call = run(name, input, signal);
      running.add(call);
      void call.then(() => running.delete(call));
      return call;
    },
    whenDone: async () => {
      await Promise.all(running);
    },
  };
}

function describe(error: unknown): string {
  if (error instanceof ToolError || error instanceof PathRefusedError) return error.message;
  if (error instanceof FolderInUseError) return 'Another process attaches the same files now.';
  if (isCancelled(error)) return 'Interrupted. The same call continues.';
  // The message of a defect may have a path in it.
  return isStaplerError(error)
    ? describeProblem(toProblem(error))
    : 'The call failed: an error of this computer.';
}
