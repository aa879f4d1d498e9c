import { attachCommand } from './attach/attach-command';
import type { Command } from './command';
import { createCompletionCommand } from './completion/completion-command';
import { doctorCommand } from './doctor/doctor-command';
import { historyCommand } from './history/history-command';
import { restoreCommand } from './history/restore-command';
import { listCommand } from './list/list-command';
import { planCommand } from './shards/plan-command';
import { reportCommand } from './shards/report-command';
import { insertCommand } from './texts/insert-command';
import { rehomeCommand } from './texts/rehome-command';

/** All commands, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  attachCommand,
  insertCommand,
  listCommand,
  historyCommand,
  restoreCommand,
  rehomeCommand,
  planCommand,
  reportCommand,
  doctorCommand,
  createCompletionCommand(() => COMMANDS),
];
