import { attachCommand } from './attach/attach-command';
import type { Command } from './command';
import { historyCommand } from './history/history-command';
import { restoreCommand } from './history/restore-command';
import { listCommand } from './list/list-command';
import { planCommand } from './shards/plan-command';
import { reportCommand } from './shards/report-command';

/** All commands, in the order of the help. */
export const COMMANDS: readonly Command[] = [attachCommand, listCommand, historyCommand, restoreCommand];
