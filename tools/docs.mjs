import { join, relative, resolve } from 'node:path';
import { readCommand } from './command.mjs';
import { ensureInstalled } from './install.mjs';
import { root, runAside, runNode, tools } from './process.mjs';
import { runStep } from './progress.mjs';

/** `npm run docs`: builds the documentation site from `docs`, or shows it while its pages are written. */
const options = readCommand({
  usage: 'npm run docs',
  purpose: 'Builds the documentation site in out/docs.',
  options: {
    output: { value: 'folder', help: 'where the site is written; default: out/docs' },
    watch: { help: 'shows the site at http://localhost:5173, and each change at once' },
  },
});

await ensureInstalled();
const output = resolve(options.output ?? join(root, 'out/docs'));
if (options.watch) {
  process.exitCode = await runNode([tools.vitepress, 'dev', 'docs']);
} else {
  await runStep(
    'Building the site',
    () => runAside([tools.vitepress, 'build', 'docs', '--outDir', output]),
    'The site was not built.',
    'The lines above name the page. Links lead to files of the project or to https addresses.',
  );
  console.log(`The site is in ${relative('', output)}. Any web server can serve it.`);
}
