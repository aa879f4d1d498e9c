import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCommand } from './command.mjs';
import { ensureInstalled } from './install.mjs';
import { orExit, root, runNode, tools } from './process.mjs';

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
  fail(
    `package.json has version ${version}, so the tag must be v${version}: --tag ${values.tag ?? 'is missing'}.`,
  );
}
if (!existsSync(join(root, 'out/stapler.vsix'))) {
  fail('There is no out/stapler.vsix: run "npm run package" first.');
}
// Azure Pipelines passes the reference itself if the variable is undefined.
if (!token || token.startsWith('$(')) {
  console.log('Not published: MARKETPLACE_TOKEN is not set.');
  process.exit(0);
}

await ensureInstalled();
const publish = ['extension', 'publish', '--vsix', 'out/stapler.vsix', '--no-prompt', '--no-color'];
orExit(await runNode([tools.tfx, ...publish, '--auth-type', 'pat', '--token', token]));

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
