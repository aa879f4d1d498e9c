import { attachCommand } from './attach/attach-command';
import type { Command } from './command';
import { listCommand } from './list/list-command';

/** All commands, in the order of the help. */
export const COMMANDS: readonly Command[] = [attachCommand, listCommand];
