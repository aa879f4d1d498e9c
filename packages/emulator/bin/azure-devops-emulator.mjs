#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

/** `azure-devops-emulator --extension <folder>`: builds the host page if it is missing, and starts the emulator. */
const pathOf = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const require = createRequire(import.meta.url);

// By default tsx reads the tsconfig.json of the current folder, part of the extension.
process.env['TSX_TSCONFIG_PATH'] = pathOf('tsconfig.json');
const { register } = await import('tsx/cjs/api');
register();
const { main } = require('../src/main.ts');
await main(ensureHostPage);

async function ensureHostPage() {
  if (existsSync(pathOf('dist/host.html'))) return;
  console.log('Building the host page…');
  const { default: webpack } = await import('webpack');
  const compiler = webpack(require('../webpack.config.js')());
  await new Promise((resolve, reject) => {
    compiler.run((error, stats) => {
      if (error) reject(error);
      else if (stats.hasErrors()) reject(new Error(stats.toString('errors-only')));
      else resolve();
    });
  });
  await new Promise((resolve) => compiler.close(resolve));
}
