import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError, readCommand } from './command.mjs';
import { ensureInstalled } from './install.mjs';
import { root, runAside, tools } from './process.mjs';
import { runStep } from './progress.mjs';

/**
 * `npm run release -- --tag v1.2.3`: publishes `out/stapler.vsix` on the marketplace with the access token in
 * `MARKETPLACE_TOKEN`. Without a token it prints a message and does nothing, so the pipelines of forks pass.
 */
const values = readCommand({
  usage: 'npm run release',
  purpose: 'Publishes out/stapler.vsix with the access token in MARKETPLACE_TOKEN.',
  options: { tag: { value: 'v1.2.3', help: 'the tag, which must be that of the version' } },
});
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const token = process.env['MARKETPLACE_TOKEN'];

if (values.tag !== `v${version}`) {
  throw new CommandError(
    `package.json has version ${version}, so the tag must be v${version}: --tag ${values.tag ?? 'is missing'}.`,
    'Raise the version in package.json and vss-extension.json, or name its tag.',
  );
}
if (!existsSync(join(root, 'out/stapler.vsix'))) {
  throw new CommandError('There is no out/stapler.vsix.', 'Run "npm run package" first.');
}
// Azure Pipelines passes the reference itself if the variable is undefined.
if (!token || token.startsWith('$(')) {
  console.log('Not published: MARKETPLACE_TOKEN is not set.');
  process.exit(0);
}

await ensureInstalled();
const publish = ['extension', 'publish', '--vsix', 'out/stapler.vsix', '--no-prompt', '--no-color'];
const output = await runStep(
  'Publishing',
  () => runAside([tools.tfx, ...publish, '--auth-type', 'pat', '--token', token]),
  'The package was not published.',
  'If the token was rejected, create one with the scope Marketplace (publish): docs/development.md.',
);
console.log(output.trim());
