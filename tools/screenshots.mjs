import { build } from './build.mjs';
import { orExit, runNode } from './process.mjs';

/**
 * `npm run screenshots`: builds, and takes the pictures of README and docs; with `-- gallery`, only those of
 * that name.
 */
await build();
orExit(await runNode(['--import', 'tsx', 'tools/take-screenshots.ts', ...process.argv.slice(2)]));
