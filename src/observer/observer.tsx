import { browserTab } from '../handover/browser-tab';
import { receiveHandovers } from '../handover/receiver';
import { browserSurroundings } from '../host/browser-surroundings';
import { createSdkHost } from '../host/sdk-host';
import { loadLanguage } from '../i18n/load-language';
import { createBrowserLeftovers } from '../journal/browser-journal';
import { partitionOf } from '../journal/partition';
import { createLinker } from '../link/link-attachments';
import { createTurns } from '../link/turns';
import { createConnection } from '../rest/connection';
import { createWorkItems } from '../rest/work-items';
import { xhrHttpStack } from '../rest/xhr-http-stack';
import { createFinishLinks } from './finish-links';
import { patiently } from './patience';
import { createTakeOver } from './take-over';

const host = createSdkHost('form-observer');
const { getToken, getBaseUrl } = host;
const connection = createConnection({ stack: xhrHttpStack, getToken, getBaseUrl });
const workItems = createWorkItems(connection);
const linker = createLinker(workItems, createTurns(), browserSurroundings, {
  looksFirst: true,
});
const leftovers = createBrowserLeftovers(
  { owner: browserTab.secret().slice(0, 16), surroundings: browserSurroundings },
  () => partitionOf(host),
);
const takeOver = createTakeOver({
  host,
  leftovers,
  finishLinks: createFinishLinks({ linker, leftovers, host, clock: browserSurroundings }),
  readOrigin: (id) => patiently(browserSurroundings, () => workItems.read(id)),
  getPerson: host.getPerson,
  surroundings: browserSurroundings,
});

async function start(): Promise<void> {
  await host.connect(takeOver.onFormEvent);
  // Only what becomes of files is said here, which takes longer than a language to load.
  void loadLanguage(host.getCulture());
  host.loadSucceeded();
  await receiveHandovers({
    tab: browserTab,
    settings: host,
    surroundings: browserSurroundings,
    onPending: takeOver.onPending,
    onGone: takeOver.onGone,
  });
}

void start();
