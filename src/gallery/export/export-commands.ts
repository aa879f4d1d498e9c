import type { ExportLayout } from './export-paths';
import type { IncludedFiles } from './find-sources';

/** Export of whole work items by the command line. */
export interface CommandOrder {
  /** Base URL of the organization or collection. */
  readonly organization: string;
  readonly workItemIds: readonly number[];
  readonly layout: ExportLayout;
  readonly include: ReadonlySet<IncludedFiles>;
}

/** Longest list of work items in a command, in characters: a line of Windows has at most 8,191. */
const MAX_LIST_LENGTH = 7_000;

/** Addresses that a shell takes as they are. */
const PLAIN_ADDRESS = /^https?:\/\/[\w.:/%-]+$/;

/**
 * Returns the commands for an export, in this order. All save into one folder, and each adds to it. None if the address
 * of the organization has characters that a shell would change.
 */
export function exportCommands(order: CommandOrder): readonly string[] {
  const { organization, workItemIds, layout, include } = order;
  if (!PLAIN_ADDRESS.test(organization)) return [];
  const rest = [
    `--organization ${organization}`,
    '--out attachments',
    ...(layout === 'flat' ? ['--flat'] : []),
    ...(include.size > 0 ? [`--include ${[...include].join(',')}`] : []),
  ].join(' ');
  return listsOf(workItemIds).map((list) => `stapler export ${list} ${rest}`);
}

function listsOf(ids: readonly number[]): readonly string[] {
  const lists: string[] = [];
  for (const id of ids) {
    const last = lists.at(-1);
    const longer = `${last},${id}`;
    if (last !== undefined && longer.length <= MAX_LIST_LENGTH) lists[lists.length - 1] = longer;
    else lists.push(String(id));
  }
  return lists;
}
