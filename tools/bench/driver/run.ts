import { mkdtemp, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Contestant } from '../contestants';
import type { Figures } from '../measurement';
import type { Certificate } from '../../../test/helpers/certificate';
import type { PageServer } from '../server/page-server';
import { startRestServer } from '../server/rest-server';
import { hangPictures } from '../server/pictures';
import { verify } from '../server/verify';
import { verifyRead } from '../server/verify-read';
import { CONNECTIONS } from '../workloads';
import type { Workload } from '../workloads';
import { launchBrowser } from './browser';
import type { SelfTime } from './cpu-profile';
import { measurePage } from './measure-page';
import type { TestFiles } from './test-files';

/** Options common to all runs. */
export interface Stage {
  /** Path of the browser. */
  readonly executable: string;
  /** Profiles of browsers come and go here. */
  readonly folder: string;
  readonly pages: PageServer;
  readonly certificate: Certificate;
  /** Whether to take a CPU profile. */
  readonly profile: boolean;
  /** Aborts the current run. */
  readonly signal: AbortSignal;
}

/** Result of one run. */
export interface Outcome {
  readonly figures: Figures;
  /** `Chrome/150.0.1.2`. */
  readonly product: string;
  readonly hottest: readonly SelfTime[];
}

/** Timeout of a hanging run. */
const PATIENCE_MS = 180_000;

/** One contestant does the work once, in a fresh browser against a fresh server. @throws Error when it failed. */
export async function runOnce(
  stage: Stage,
  { page, settings }: Contestant,
  workload: Workload,
  files: TestFiles,
): Promise<Outcome> {
  const server = await startRestServer(CONNECTIONS[workload.mode], stage.certificate);
  const profileFolder = await mkdtemp(join(stage.folder, 'profile-'));
  const browser = await launchBrowser(stage.executable, profileFolder);
  const { files: count, bytesEach, workItems, isBulk = false, lingers = false, looks } = workload;
  const filesEach = isBulk ? count : count / workItems;
  const workItemIds = Array.from({ length: workItems }, (_, at) => at + 1);
  if (looks) for (const id of workItemIds) hangPictures(server, id, { files: filesEach, bytesEach });
  try {
    const { figures, hottest } = await inTime(
      stage.signal,
      measurePage(browser, {
        url: stage.pages.urlOf(page),
        order: { baseUrl: server.baseUrl, workItemIds, filesEach, isBulk, lingers, settings },
        files: files.paths,
        profile: stage.profile,
      }),
    );
    if (looks) verifyRead(server, { bytesEach, timesEach: figures.phases.zip ? 2 : 1 });
    else {
      const expectations = workItemIds.map((workItemId, at) => ({
        workItemId,
        names: isBulk ? files.names : files.names.slice(at * filesEach, (at + 1) * filesEach),
        bytesEach,
      }));
      verify(server, expectations, isBulk && !settings.perPair ? workItems : 1);
    }
    const { collisions } = server.workItems;
    return { figures: { ...figures, ...server.tally, collisions }, product: browser.product, hottest };
  } catch (error) {
    // The server's refusal explains more than the failure.
    throw new Error([...server.refusals.slice(0, 3), String(error)].join('; '), { cause: error });
  } finally {
    await browser.close();
    await server.close();
    await rm(profileFolder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Resolves like `work`; rejects on a timeout or an interruption. */
async function inTime<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const late = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
  const gaveUp = once(late, 'abort').then((): never => {
    throw late.reason;
  });
  return Promise.race([work, gaveUp]);
}
