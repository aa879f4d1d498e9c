import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, resolve } from 'node:path';
import { runSavedQuery } from '../../../azure/rest/queries';
import { DEFAULT_PATTERN, readPattern } from '../../../upload/rules/names/pattern';
import type { Mapping } from '../../../bulk/plan/plan';
import { readManifest } from '../../../bulk/plan/manifest';
import { readWorkItemIds } from '../../../bulk/plan/work-item-ids';
import type { Connection } from '../../../azure/rest/connection';
import type { LocalFile } from '../../../engine/attach/local-file';
import { CliError } from '../cli-error';
import type { Command } from '../command';
import { EXIT } from '../exit-codes';

/** Work items of a command, and which file goes to which of them. */
export interface Targets {
  readonly workItemIds: readonly number[];
  readonly mapping: Mapping;
}

/**
 * Reads work items from an argument: ids and addresses, separated by commas.
 *
 * @param organization Addresses of other organizations are refused.
 * @throws CliError
 */
export function readIds(text: string, organization: string): readonly number[] {
  const { ids, queryIds, unknown } = readWorkItemIds(text, [organization]);
  const [first] = unknown;
  if (first !== undefined) throw new CliError(`"${first}" is not a work item of ${organization}`);
  if (queryIds.length > 0) throw new CliError('This is the address of a query.', 'Pass it with --query.');
  if (ids.length === 0) throw new CliError(`"${text}" is not the number of a work item.`);
  return ids;
}

/** Reads the only work item of a command. @throws CliError */
export function readId(
  positionals: readonly string[],
  organization: string,
  { name, examples }: Pick<Command, 'name' | 'examples'>,
): number {
  const [argument] = positionals;
  if (argument === undefined) throw new CliError('Which work item?', examples[0]);
  const [id = 0, ...others] = readIds(argument, organization);
  if (others.length > 0) throw new CliError(`"stapler ${name}" takes one work item at a time.`);
  return id;
}

/**
 * Runs a saved query, given by its id or address.
 *
 * @throws CliError for anything else, StaplerError if the query fails.
 */
export async function readQuery(
  text: string,
  organization: string,
  connection: Connection,
): Promise<readonly number[]> {
  const { queryIds } = readWorkItemIds(text, [organization]);
  const [queryId = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.exec(text.trim())?.[0]] = queryIds;
  if (queryId === undefined)
    throw new CliError(`"${text}" is not a query.`, 'Pass the id or the address of a saved query.');
  const ids = await runSavedQuery(connection, queryId);
  if (ids.length === 0) throw new CliError('The query has no results.', '', EXIT.failed);
  return ids;
}

/** Returns the mapping by name. @throws CliError for a wrong pattern, which begins with `source`. */
export function byName(pattern = DEFAULT_PATTERN, source = '--pattern'): Mapping {
  const result = readPattern(pattern);
  if (!result.ok) throw new CliError(`${source}: ${result.message}`);
  return { kind: 'by-name', pattern: result.pattern };
}

/** Reads a manifest, the list that the bulk panel takes as well. @throws CliError if it has errors. */
export async function readTargetsOfManifest(
  path: string,
  cwd: string,
  organization: string,
): Promise<Targets> {
  const bytes = await readFile(resolve(cwd, path)).catch(() => {
    throw new CliError(`Can't read the list "${path}".`, '', EXIT.failed);
  });
  const manifest = await readManifest(new Blob([bytes]), [organization]);
  if (!manifest.ok) throw new CliError(manifest.message, '', EXIT.failed);
  const { rows, faults } = manifest;
  if (faults.length > 0)
    throw new CliError(
      faults.map(({ line, message }) => `${path}, line ${line}: ${message}`).join('\n'),
      'Nothing was attached.',
      EXIT.failed,
    );
  const ids = new Set(rows.flatMap(({ workItemIds }) => workItemIds));
  return { workItemIds: [...ids], mapping: { kind: 'manifest', rows } };
}

/** Returns the files that the rows of a manifest name, by their paths from its folder. @throws CliError */
export function filesOfManifest({ mapping }: Targets, path: string, cwd: string): readonly LocalFile[] {
  const rows = mapping.kind === 'manifest' ? mapping.rows : [];
  const wide = rows.find(({ file }) => file.includes('*'));
  if (wide)
    throw new CliError(
      `${path}, line ${wide.line}: "*" stands for files that are arguments of the command.`,
      'Add the files or their folder to the command.',
    );
  const folder = dirname(resolve(cwd, path));
  const files = new Map<string, LocalFile>();
  for (const { file } of rows) {
    const parts = file.split(/[/\\]/).filter((part) => part !== '.');
    const path = isAbsolute(file) ? file : resolve(folder, ...parts);
    files.set(file, { path, folder: parts.slice(0, -1).join('/') });
  }
  return [...files.values()];
}
