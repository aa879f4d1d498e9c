import type { WorkItem } from '../../../azure/work-item';
import { retry } from '../../../base/retry';
import type { Engine } from '../../../engine/engine';
import type { AttachedFile } from '../../../gallery/model/attached-file';
import { attachedFilesOf } from '../../../gallery/model/attached-file';
import { joinSplitFiles } from '../../../gallery/model/split-files';
import type { ChosenPolicy, PolicyProblem } from '../../../engine/policy/policies';
import type { ChosenRules } from '../../../engine/rules/check-files';
import type { Json } from './answer';
import type { Audit } from './audit';
import type { FileNumbers } from './file-numbers';
import type { GuardedFiles } from './guarded-files';

/** JSON schema of the arguments of a tool. */
export interface InputSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly required: readonly string[];
  readonly additionalProperties: false;
}

/** Returns a schema for the list of tools, without bounds: the list must be short, and the errors tell them. */
export function listedSchemaOf({ type, properties, required }: InputSchema) {
  const typeOf = (property: InputSchema['properties'][string]): Record<string, unknown> => {
    const { items } = property as { readonly items?: InputSchema['properties'][string] };
    return { type: property['type'], ...(items && { items: typeOf(items) }) };
  };
  return {
    type,
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, property]) => [name, typeOf(property)]),
    ),
    required: [...required],
  };
}

/** What the tools of a session share. */
export interface ToolContext {
  readonly engine: Engine;
  readonly files: GuardedFiles;
  readonly numbers: FileNumbers;
  readonly audit: Audit;
  /** Maximum size of a file, in bytes. */
  readonly maxBytes: number;
  /** Rules for files that are attached. The agent cannot change them. */
  readonly rules: ChosenRules;
  /** Policy for files that are attached. The agent cannot change it. */
  readonly policy: ChosenPolicy;
  /** Tells the person about a policy that does not count. */
  readonly onPolicyProblem: (problem: PolicyProblem) => void;
}

/** Value of an answer; `isError` if something was not done. */
export interface ToolResult {
  readonly value: Json;
  readonly isError?: boolean;
}

/** A tool. */
export interface Tool {
  readonly name: string;
  /** For the model, a few words. */
  readonly description: string;
  /** For the model, one or two sentences in the instructions of the server. */
  readonly instructions: string;
  readonly inputSchema: InputSchema;
  /** Whether it changes files or work items. Such calls run one after the other. */
  readonly isWrite: boolean;
  /** @throws ToolError, PathRefusedError, StaplerError, CancelledError */
  readonly run: (input: unknown, context: ToolContext, signal: AbortSignal) => Promise<ToolResult>;
}

/** Creates a tool. Its arguments have been checked against its schema when it runs. */
export function defineTool<Input>(
  tool: Omit<Tool, 'run' | 'inputSchema'> & {
    readonly properties: InputSchema['properties'];
    readonly required: readonly (keyof Input & string)[];
    readonly run: (input: Input, context: ToolContext, signal: AbortSignal) => Promise<ToolResult>;
  },
): Tool {
  const { properties, required, run, ...others } = tool;
  return {
    ...others,
    inputSchema: { type: 'object', properties, required, additionalProperties: false },
    run: (input, context, signal) => run(input as Input, context, signal),
  };
}

/** Schema of the number of a work item or a file. */
export const NUMBER = { type: 'integer', minimum: 1, maximum: 2 ** 31 - 1 } as const;

/** Reads a work item and its files, split ones joined. @throws StaplerError */
export async function readItem(
  { engine }: Pick<ToolContext, 'engine'>,
  workItemId: number,
  signal: AbortSignal,
): Promise<{ readonly workItem: WorkItem; readonly attached: readonly AttachedFile[] }> {
  const { workItems, runtime } = engine.services;
  const workItem = await retry(() => workItems.read(workItemId, signal), { runtime, signal });
  return { workItem, attached: joinSplitFiles(attachedFilesOf(workItem)) };
}
