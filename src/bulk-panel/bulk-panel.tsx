import * as React from 'react';
import * as ReactDOM from 'react-dom';
import { createBulkPipeline } from '../bulk/bulk-pipeline';
import { browserSurroundings } from '../host/browser-surroundings';
import { createSdkHost } from '../host/sdk-host';
import { closePanel, workItemsOfPanel } from '../host/sdk-layout';
import { HOST_PATIENCE_MS } from '../host/time-out';
import { xhrHttpStack } from '../rest/xhr-http-stack';
import { createAnnounce } from '../ui/announce';
import { followTheme } from '../ui/theme';
import '../ui/page.css';
import '../ui/uploads.css';
import '../ui/drop-zone.css';
import './bulk-panel.css';
import { createPanelSession } from './panel-session';
import { Panel } from './panel-view';

const announce = createAnnounce();
const host = createSdkHost('bulk-panel');
const session = createPanelSession({
  host: {
    connect: () => host.connect(() => undefined),
    loadSucceeded: host.loadSucceeded,
    workItemIds: workItemsOfPanel,
    openWorkItem: host.openWorkItem,
    close: closePanel,
  },
  pipeline: createBulkPipeline({ host, stack: xhrHttpStack, surroundings: browserSurroundings, announce }),
  announce,
  whenPatienceEnds: (callback) => {
    setTimeout(callback, HOST_PATIENCE_MS);
  },
  now: () => new Date(),
});

const root = document.getElementById('root');
if (root) {
  ReactDOM.render(<Panel session={session} />, root);
  followTheme();
  void session.start();
}
