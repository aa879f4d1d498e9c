import { retry } from '../base/retry';
import { browserTab } from '../handover/browser-tab';
import { receiveHandovers } from '../handover/receiver';
import { browserRuntime } from '../base/browser-runtime';
import { createSdkHost } from '../host/sdk-host';
import { loadLanguage } from '../i18n/load-language';
import { createBrowserLeftovers } from '../journal/browser-journal';
import { partitionOf } from '../journal/partition';
import { createFrameServices } from '../link/frame-services';
import { createLinker } from '../link/link-attachments';
import { xhrHttpStack } from '../rest/xhr-http-stack';
import { createFinishLinks } from './finish-links';
import { createTakeOver } from './take-over';

const host = createSdkHost('form-observer');
const services = createFrameServices({ host, stack: xhrHttpStack, runtime: browserRuntime });
const linker = createLinker(services, { verifyFirst: true });
const leftovers = createBrowserLeftovers(
  { owner: browserTab.secret().slice(0, 16), runtime: browserRuntime },
  () => partitionOf(host),
);
const takeOver = createTakeOver({
  host,
  leftovers,
  finishLinks: createFinishLinks({ linker, leftovers, host, runtime: browserRuntime }),
  readOrigin: (id) => retry(() => services.workItems.read(id), { runtime: browserRuntime }),
  getPerson: host.getPerson,
  runtime: browserRuntime,
});

async function start(): Promise<void> {
  await host.connect(takeOver.onFormEvent);
  // Only what becomes of files is said here, which takes longer than a language to load.
  void loadLanguage(host.getCulture());
  host.loadSucceeded();
  await receiveHandovers({
    tab: browserTab,
    settings: host,
    runtime: browserRuntime,
    onPending: takeOver.onPending,
    onGone: takeOver.onGone,
  });
}

void start();
