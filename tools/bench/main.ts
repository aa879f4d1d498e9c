import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { format, resolveConfig } from 'prettier';
import { createCertificate } from '../../test/helpers/certificate';
import { handleErrors } from '../command.mjs';
import { progress } from '../progress.mjs';
import { CONTESTANTS } from './contestants';
import { watchInterruption } from './driver/interruption';
import { readOptions } from './options';
import type { Options } from './options';
import { buildPages } from './page/build-pages';
import { gatherFacts } from './report/facts';
import { renderResults } from './report/results';
import { runRounds } from './rounds';
import type { Session } from './rounds';
import { startPageServer } from './server/page-server';

handleErrors();
void main();

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const session = await measure(options);
  await report(session, options);
  if (session.runs.some(({ outcome }) => 'failure' in outcome)) process.exitCode = 1;
}

async function measure(options: Options): Promise<Session> {
  const names = new Set(options.contestants.map((name) => CONTESTANTS[name].page));
  const pages = await startPageServer(await buildPages([...names], options.profile));
  const folder = await mkdtemp(join(tmpdir(), 'stapler-bench-'));
  try {
    const stage = {
      executable: process.env['CHROME_PATH'] ?? chromium.executablePath(),
      folder,
      pages,
      certificate: createCertificate(1),
      profile: options.profile,
      signal: watchInterruption(),
    };
    return await progress.step('Measuring', (tell) => runRounds(stage, options, tell));
  } finally {
    pages.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function report({ runs, product }: Session, { out, quick }: Options): Promise<void> {
  const date = new Date().toISOString().slice(0, 10);
  const markdown = renderResults({ runs, date, facts: gatherFacts(product), isTelling: !quick });
  const pretty = await format(markdown, {
    ...(await resolveConfig('tools/bench/results.md')),
    parser: 'markdown',
  });
  console.log(`\n${pretty}`);
  if (out === undefined) return;
  await writeFile(out, pretty);
  console.log(`Written to ${out}`);
}
