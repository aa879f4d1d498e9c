import { sha256Of } from '../../../engine/attach/hash-file';
import type { Engine } from '../../../engine/engine';
import type { ChosenPolicy, PolicyProblem } from '../../../engine/policy/policies';
import type { ChosenRules } from '../../../engine/rules/check-files';
import type { KnownContent } from '../../../upload/recovery/journal/known-contents';
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
    readonly rules: ChosenRules;
    readonly policy: ChosenPolicy;
    readonly onPolicyProblem: (problem: PolicyProblem) => void;
  },
  signal: AbortSignal,
) => Promise<{
  readonly outcome: string;
  readonly isError: boolean;
  /** As it was sent, if this computer has sent it. */
  readonly content?: KnownContent | undefined;
  readonly isLocationRemoved?: boolean;
}>;

/** Maximum length of an alternative text, in characters. */
const MAX_TEXT_LENGTH = 1_000;

/** Maximum length of the name of a field, in characters. */
const MAX_FIELD_LENGTH = 128;

/** Creates `insert_picture`. */
export function createInsertPicture(insert: InsertPicture): Tool {
  return defineTool<{
    readonly item: number;
    readonly path: string;
    readonly field?: string;
    readonly alt?: string;
  }>({
    name: 'insert_picture',
    description: 'Shows it in a text',
    instructions:
      'insert_picture attaches an image and shows it at the end of a field, or, without a field, in a new comment. A repeated call inserts nothing twice.',
    properties: {
      item: NUMBER,
      path: { type: 'string' },
      field: { type: 'string', minLength: 1, maxLength: MAX_FIELD_LENGTH },
      alt: { type: 'string', maxLength: MAX_TEXT_LENGTH },
    },
    required: ['item', 'path'],
    isWrite: true,
    run: ({ item: id, path, field, alt: text }, context, signal) =>
      withGuardedFiles({ tool: 'insert_picture', workItem: id, paths: [path] }, context, async ([file]) => {
        if (!file) throw new Error('There is no file.');
        const sha256 = await sha256Of(await openDiskFile(file.openPath));
        const { outcome, isError, content, isLocationRemoved } = await insert(
          context.engine,
          {
            ...{ workItemId: id, path: file.path, openPath: file.openPath, rules: context.rules },
            ...{ policy: context.policy, onPolicyProblem: context.onPolicyProblem },
            ...(field !== undefined && { field }),
            ...(text !== undefined && { alternativeText: text }),
          },
          signal,
        );
        const { path: real, name, size } = file;
        await context.audit.add({
          ...{ tool: 'insert_picture', workItem: id, path: real, name },
          ...{ bytes: content?.size ?? size, sha256: content?.sha256 ?? sha256 },
          ...(content?.originalSha256 !== undefined && { originalSha256: content.originalSha256 }),
          outcome,
        });
        return {
          value: { name, outcome, ...(isLocationRemoved === true && { locationsRemoved: 1 }) },
          isError,
        };
      }),
  });
}
