import { MAX_COMMENT_LENGTH } from '../../../azure/work-item';
import type { Outcome, ReportRow } from '../../../bulk/plan/report';
import { problemOf } from '../../../bulk/plan/report';
import { attach } from '../../../engine/attach/attach';
import { sha256Of } from '../../../engine/attach/hash-file';
import { openDiskFile } from '../../../upload/intake/disk-file';
import { describeProblem, plain } from '../../../engine/sentences';
import type { Json } from './answer';
import { countThatFits, shortenMiddle } from './answer';
import { withGuardedFiles } from './with-guarded-files';
import { defineTool, NUMBER } from './tool';

/** Files of one call. */
const MAX_FILES = 20;

/** Maximum length of a name in an answer, in bytes. */
const MAX_NAME_BYTES = 80;

/** `attach_files` */
export const attachFiles = defineTool<{
  readonly item: number;
  readonly paths: readonly string[];
  readonly comment?: string;
}>({
  name: 'attach_files',
  description: 'Attaches each once',
  instructions:
    'attach_files takes up to 20 paths in allowed folders. A repeated call attaches nothing twice.',
  properties: {
    item: NUMBER,
    paths: { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: MAX_FILES, uniqueItems: true },
    comment: { type: 'string', maxLength: MAX_COMMENT_LENGTH },
  },
  required: ['item', 'paths'],
  isWrite: true,
  run: ({ item: id, paths, comment = '' }, context, signal) =>
    withGuardedFiles({ tool: 'attach_files', workItem: id, paths }, context, async (files) => {
      const hashes = new Map<string, string>();
      for (const { path, openPath } of files) hashes.set(path, await sha256Of(await openDiskFile(openPath)));
      const order = {
        ...{ files: files.map(({ path, openPath }) => ({ path, openPath })), workItemIds: [id], comment },
        ...{ mapping: { kind: 'all' } as const, keepsFolders: false },
      };
      const { rows } = await attach(context.engine, order, { signal });
      for (const row of rows)
        await context.audit.add({
          ...{ tool: 'attach_files', workItem: id, path: row.fileId, name: row.name, bytes: row.file.size },
          ...{ sha256: hashes.get(row.fileId) ?? '', outcome: outcomeOf(row) },
          ...reasonOf(row),
        });
      // Failures first: they must not be cut off.
      const sorted = [...rows].sort((a, b) => Number(isFailure(b)) - Number(isFailure(a)));
      const build = (count: number): Json => ({
        files: sorted.slice(0, count).map(rowOf),
        ...(count < sorted.length && { more: sorted.length - count }),
      });
      return { value: build(countThatFits(sorted.length, build)), isError: rows.some(isFailure) };
    }),
});

const WORDS: Readonly<Record<Outcome['kind'], string>> = {
  attached: 'attached',
  replaced: 'attached',
  'not-replaced': 'attached',
  'already-there': 'already attached',
  skipped: 'skipped: another file of this call has the same content',
  failed: 'not attached',
  cancelled: 'not attached',
  'not-tried': 'not attached',
};

function outcomeOf({ outcome }: ReportRow): string {
  return WORDS[outcome.kind];
}

function isFailure(row: ReportRow): boolean {
  return outcomeOf(row) === 'not attached';
}

function reasonOf(row: ReportRow): { readonly reason?: string } {
  const problem = problemOf(row);
  return problem ? { reason: describeProblem(problem) } : {};
}

function rowOf(row: ReportRow): Json {
  return { name: shortenMiddle(plain(row.name), MAX_NAME_BYTES), outcome: outcomeOf(row), ...reasonOf(row) };
}
