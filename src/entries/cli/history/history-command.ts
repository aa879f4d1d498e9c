import { formatBytes, formatMoment } from '../../../base/format';
import { history } from '../../../engine/history/read-history';
import type { HistoryEntry } from '../../../gallery/history/history-model';
import { describeTimeLeft } from '../../../gallery/history/history-sentences';
import { readId } from '../attach/targets';
import type { Command, Invocation } from '../command';
import { columnsOf, CONNECTION_OPTIONS } from '../command';
import type { Connected } from '../connect';
import { withEngine } from '../connect';
import type { ExitCode } from '../exit-codes';
import { EXIT } from '../exit-codes';
import { count, labelOf, plain } from '../../../engine/sentences';
import { fileEventsOf, removalsOf } from './file-events';

/** `stapler history` */
export const historyCommand: Command = {
  name: 'history',
  usage: '<work item>',
  purpose: 'Lists who attached, renamed, replaced and removed files of a work item, oldest first.',
  options: CONNECTION_OPTIONS,
  examples: ['stapler history 1234', 'stapler history 1234 --json'],
  run: (invocation) => withEngine(invocation, (connected) => run(invocation, connected)),
};

async function run(invocation: Invocation, { engine, organization }: Connected): Promise<ExitCode> {
  const { environment, output } = invocation;
  const workItemId = readId(invocation.positionals, organization, historyCommand);
  const found = await history(engine, workItemId, {
    signal: environment.signal,
    onProgress: (updates) => output.progress(`${count(updates, 'change')} of the work item read`),
  });
  const { workItem, isCut } = found;
  const removals = removalsOf(found);
  // The latest is the first.
  const entries = [...found.entries].reverse();
  const now = engine.services.runtime.now();
  const label = `${labelOf(workItemId, workItem.type)} ${plain(workItem.title)}`;
  output.line(
    entries.length === 0
      ? `${label}: no file was ever attached.`
      : `${label}: ${count(entries.length, 'change')} of its files`,
  );
  const rows = entries.map((entry) => rowOf(entry, removals.has(entry.key), now));
  for (const line of columnsOf(rows)) output.line(line);
  for (const event of fileEventsOf(found, now)) output.json({ type: 'event', ...event });
  if (isCut) output.note("The work item has more changes. The latest ones aren't listed.");
  output.json({ type: 'summary', workItemId, changes: entries.length, isCut, exitCode: EXIT.ok });
  return EXIT.ok;
}

/** Time and person, then the change. */
function rowOf(entry: HistoryEntry, isGone: boolean, now: number): readonly string[] {
  const { at, by } = entry;
  const time = Number.isNaN(at) ? 'at an unknown time' : formatMoment(new Date(at));
  const left = isGone ? describeTimeLeft(at, now) : '';
  return [[time, plain(by)].filter(Boolean).join('  '), `${describe(entry)}${left && ` (${left})`}`];
}

function describe({ kind, file, before }: HistoryEntry): string {
  const name = plain(file.name);
  switch (kind) {
    case 'attached':
      return `attached ${name}${file.size === undefined ? '' : ` (${formatBytes(file.size)})`}`;
    case 'renamed':
      return `renamed ${plain(before?.name ?? '')} to ${name}`;
    case 'commented':
      return file.comment === ''
        ? `comment of ${name} removed`
        : `comment of ${name}: ${plain(file.comment)}`;
    case 'replaced':
      return `replaced ${name} by a new version`;
    case 'removed':
    case 'restored':
      return `${kind} ${name}`;
  }
}
