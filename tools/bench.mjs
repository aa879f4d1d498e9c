import { appendFile } from 'node:fs/promises';
import { BENCH, PARTS, PARTS_WITHOUT_BROWSER, RESULTS } from './bench/command.mjs';
import { ensureBrowser } from './browser.mjs';
import { ensureBuilt } from './build.mjs';
import { outputPath, readCommand } from './command.mjs';
import { ensureInstalled } from './install.mjs';
import { runNode } from './process.mjs';

/** `npm run bench`: measures Stapler against others in a real browser; tools/bench/README.md describes it. */
const args = process.argv.slice(2);
const options = readCommand(BENCH);
if (options.out) outputPath('out', options.out);
const names = options.only?.split(',');
const parts = PARTS.filter((part) => names?.includes(part) ?? true);
const hasWorkloads = names?.some((name) => !PARTS.includes(name)) ?? true;

await ensureInstalled();
const browser =
  hasWorkloads || parts.some((part) => !PARTS_WITHOUT_BROWSER.includes(part))
    ? await ensureBrowser()
    : undefined;
await ensureBuilt();

let ofParts = '';
for (const part of parts) await measure(part, [], (text) => (ofParts += text));
if (hasWorkloads) await measure('main', args);
if (args.length === 0)
  await appendFile(RESULTS, `\n## Other parts\n\n\`\`\`text\n${withoutTables(ofParts)}\n\`\`\`\n`);

/** Single files of the previews are of interest on the terminal only. */
function withoutTables(text) {
  const lines = text.trimEnd().split('\n');
  return lines.filter((line) => !line.startsWith('|')).join('\n');
}

/** Runs a script. A missed target fails the command, after the other scripts. */
async function measure(script, scriptArgs, onOutput) {
  const env = browser ? { CHROME_PATH: browser } : {};
  const path = `tools/bench/${script}.ts`;
  const code = await runNode(['--import', 'tsx', path, ...scriptArgs], { env, onOutput });
  process.exitCode ||= code;
}
