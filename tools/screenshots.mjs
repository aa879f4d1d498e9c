import { readCommand } from './command.mjs';
import { ensureInstalled } from './install.mjs';
import { orExit, runNode } from './process.mjs';

/** `npm run screenshots`: takes the pictures of README, docs and listing from the emulator, after a build if needed. */
const { only } = readCommand({
  usage: 'npm run screenshots',
  purpose: 'Takes the pictures of README, docs and listing from the emulator, after a build if needed.',
  options: { only: { value: 'preview,gallery', help: 'some of them, by the names in tools/pictures.ts' } },
});
await ensureInstalled();
orExit(await runNode(['--import', 'tsx', 'tools/take-screenshots.ts', ...(only?.split(',') ?? [])]));
