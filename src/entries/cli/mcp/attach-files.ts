import { MAX_COMMENT_LENGTH } from '../../../azure/work-item';
import type { Outcome, ReportRow } from '../../../bulk/plan/report';
import { problemOf } from '../../../bulk/plan/report';
import { attach } from '../../../engine/attach/attach';
import { sha256Of } from '../../../engine/attach/hash-file';
import type { OpenedFile } from '../../../engine/attach/local-file';
import { contentOfSource } from '../../../engine/attach/record-contents';
import { originOf } from '../../../engine/rules/changed-file';
import type { FileCheck } from '../../../engine/rules/check-files';
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
        ...{ mapping: { kind: 'all' } as const, keepsFolders: false, rules: context.rules },
        policy: context.policy,
      };
      const checks = new Map<string, FileCheck>();
      const onCheck = (check: FileCheck): void => void checks.set(check.path, check);
      const { engine, onPolicyProblem } = context;
      const { rows, files: sent } = await attach(engine, order, { signal, onCheck, onPolicyProblem });
      const changed = await hashesOfChanged(sent);
      for (const row of rows)
        await context.audit.add({
          ...{ tool: 'attach_files', workItem: id, path: row.fileId, name: row.name, bytes: row.file.size },
          ...{ sha256: hashes.get(row.fileId) ?? '', ...changed.get(row.fileId), outcome: outcomeOf(row) },
          ...secretsIn(checks.get(row.fileId)),
          ...reasonOf(row),
        });
      // Failures first: they must not be cut off.
      const sorted = [...rows].sort((a, b) => Number(isFailure(b)) - Number(isFailure(a)));
      const build = (count: number): Json => ({
        files: sorted.slice(0, count).map((row) => rowOf(row, checks.get(row.fileId))),
        ...(count < sorted.length && { more: sorted.length - count }),
        ...removedIn([...checks.values()]),
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

/** Hashes of a file, as the audit tells them. */
interface Hashes {
  readonly sha256: string;
  readonly originalSha256?: string | undefined;
}

/** Hashes of the files that the rules changed, by file. */
async function hashesOfChanged(files: readonly OpenedFile[]): Promise<ReadonlyMap<string, Hashes>> {
  const hashes = new Map<string, Hashes>();
  for (const { id, source } of files) {
    if (!originOf(source)) continue;
    // A file that cannot be read anymore was sent as it was.
    const content = await contentOfSource(source).catch(() => undefined);
    hashes.set(id, { sha256: content?.sha256 ?? '', originalSha256: content?.originalSha256 });
  }
  return hashes;
}

function secretsIn(check: FileCheck | undefined): { readonly secrets?: number } {
  return check?.secrets?.kind === 'found' ? { secrets: check.secrets.count } : {};
}

/** Number of images that places were removed from: for each row, it would take too much of the answer. */
function removedIn(checks: readonly FileCheck[]): { readonly locationsRemoved?: number } {
  const locationsRemoved = checks.filter(
    ({ metadata }) => metadata?.kind === 'removed' && metadata.removed.location,
  ).length;
  return locationsRemoved > 0 ? { locationsRemoved } : {};
}

/** Lines in an answer. */
const MAX_LINES = 5;

/** `2, masked: lines 3, 9`. */
function describeSecrets(check: FileCheck | undefined): { readonly secrets?: string } {
  const { secrets } = check ?? {};
  if (secrets?.kind === 'not-scanned') return { secrets: 'not searched' };
  if (secrets?.kind !== 'found') return {};
  const { findings, count: total, outcome } = secrets;
  const lines = [...new Set(findings.map(({ line }) => line))].slice(0, MAX_LINES).join(', ');
  const masked = outcome === 'masked' ? ', masked' : '';
  return { secrets: `${total}${masked}${lines === '' ? '' : `: lines ${lines}`}` };
}

function rowOf(row: ReportRow, check: FileCheck | undefined): Json {
  return {
    ...{ name: shortenMiddle(plain(row.name), MAX_NAME_BYTES), outcome: outcomeOf(row) },
    ...describeSecrets(check),
    ...reasonOf(row),
  };
}
