import { readCommand } from './command.mjs';
import { ensureInstalled } from './install.mjs';
import { PROBE } from './probe/command.mjs';
import { runAttended } from './process.mjs';

/** `npm run probe`: asks a real organization the open questions (docs/probe.md). */
readCommand(PROBE);
await ensureInstalled();
runAttended(['--import', 'tsx', 'tools/probe/main.ts', ...process.argv.slice(2)]);
