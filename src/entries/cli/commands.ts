import { attachCommand } from './attach/attach-command';
import type { Command } from './command';
import { createCompletionCommand } from './completion/completion-command';
import { doctorCommand } from './doctor/doctor-command';
import { historyCommand } from './history/history-command';
import { restoreCommand } from './history/restore-command';
import { exportCommand } from './export/export-command';
import { getCommand } from './export/get-command';
import { verifyCommand } from './export/verify-command';
import { listCommand } from './list/list-command';
import { mcpCommand } from './mcp/mcp-command';
import { policyCommand } from './policy/policy-command';
import { planCommand } from './shards/plan-command';
import { reportCommand } from './shards/report-command';
import { insertCommand } from './texts/insert-command';
import { rehomeCommand } from './texts/rehome-command';

/** All commands, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  attachCommand,
  insertCommand,
  listCommand,
  getCommand,
  exportCommand,
  verifyCommand,
  historyCommand,
  restoreCommand,
  rehomeCommand,
  planCommand,
  reportCommand,
  policyCommand,
  doctorCommand,
  mcpCommand,
  createCompletionCommand(() => COMMANDS),
];
