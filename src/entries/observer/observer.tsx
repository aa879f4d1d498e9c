import { retry } from '../../base/retry';
import { browserTab } from '../../upload/recovery/channel/browser-tab';
import { receiveHandovers } from '../../upload/recovery/channel/receiver';
import { browserRuntime } from '../../base/runtime';
import { createBackgroundHost } from '../../azure/host/sdk-host';
import { loadLanguage } from '../../base/i18n/load-language';
import { createBrowserRecoveryInbox, partitionOf } from '../../upload/recovery/journal/browser-journal';
import { createItemServices } from '../../upload/frame-services';
import { createLinker } from '../../upload/link/link-attachments';
import { readServerTime } from '../../azure/rest/queries';
import { createNameRepair, withNameRepair } from '../../upload/link/repair-names';
import { createBrowserLearned } from '../../upload/learned';
import { createNaming } from '../../upload/transport/transfer-tools';
import { xhrHttpStack } from '../../azure/rest/xhr-http-stack';
import { createFinishLinks } from '../../upload/recovery/finish-links';
import { withLocalDate } from '../../upload/recovery/drafts';
import { createTakeOver } from '../../upload/recovery/take-over';

const host = createBackgroundHost('form-observer');
const learned = createBrowserLearned(() => partitionOf(host));
const services = createItemServices({ host, stack: xhrHttpStack, runtime: browserRuntime, learned });
const linker = createLinker(services, { verifyFirst: true });
const inbox = createBrowserRecoveryInbox(
  { owner: browserTab.secret().slice(0, 16), runtime: browserRuntime },
  () => partitionOf(host),
);
const takeOver = createTakeOver({
  host,
  inbox,
  finishLinks: createFinishLinks({
    linker: withNameRepair(linker, createNameRepair(services, createNaming(learned).check)),
    inbox,
    host,
    runtime: browserRuntime,
  }),
  readOrigin: async (id) =>
    withLocalDate(
      await retry(() => services.workItems.read(id), { runtime: browserRuntime, waitsForSignIn: true }),
      { readServerTime: () => readServerTime(services.connection), now: browserRuntime.now },
    ),
  getPerson: host.getPerson,
  runtime: browserRuntime,
});

async function start(): Promise<void> {
  await host.connect(takeOver.onFormEvent);
  // No need to wait: toasts follow network requests, slower than a language file.
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
