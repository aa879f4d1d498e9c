import * as React from 'react';
import * as ReactDOM from 'react-dom';
import type { BulkService } from '../../bulk/run/bulk-service';
import { createBulkService } from '../../bulk/run/bulk-service';
import { isActive } from '../../bulk/run/run-state';
import { browserTab } from '../../upload/recovery/channel/browser-tab';
import { browserRuntime } from '../../base/runtime';
import { createSdkHost } from '../../azure/host/sdk-host';
import { attachedOfPanel, closePanel, workItemsOfPanel } from '../../azure/host/sdk-layout';
import { HOST_TIMEOUT_MS } from '../../azure/host/time-out';
import { t } from '../../base/i18n/translate';
import { createFileChecks } from '../../upload/checks/file-checks';
import { createBrowserLearned } from '../../upload/learned';
import { createBrowserJournal, partitionOf } from '../../upload/recovery/journal/browser-journal';
import { xhrHttpStack } from '../../azure/rest/xhr-http-stack';
import { setNotifyScheduler } from '../../base/store';
import { createFrameServices } from '../../upload/frame-services';
import { createFrameScheduler, followTheme, inOwnLanguage } from '../shared/frame';
import { guardPlatform } from '../shared/platform';
import { KeyboardHelp } from '../../ui/keyboard-help';
import { warnBeforeLeaving } from '../shared/leaving';
import { loadOpenImage } from '../shared/load-open-image';
import { loadTreatText } from '../shared/load-treat-text';
import { createPagePolicy } from '../shared/page-policy';
import '../../ui/page.css';
import '../../ui/touch.css';
import '../../ui/field.css';
import '../../ui/fields.css';
import '../../ui/bar.css';
import '../../ui/menu.css';
import '../../ui/uploads.css';
import '../../ui/drop-zone.css';
import './bulk-panel.css';
import { createPanelSession } from './panel-session';
import { Panel } from './panel-view';

guardPlatform();
setNotifyScheduler(createFrameScheduler());

const host = inOwnLanguage(createSdkHost('bulk-panel'));
const frameId = browserTab.secret().slice(0, 16);
const idPrefix = `${frameId}-`;
const journal = createBrowserJournal({
  owner: frameId,
  runtime: browserRuntime,
  onLost: (ids) => service.evict(ids),
});
const services = createFrameServices({
  host,
  stack: xhrHttpStack,
  runtime: browserRuntime,
  learned: createBrowserLearned(() => partitionOf(host)),
});
const service: BulkService = createBulkService({
  services,
  journal,
  idPrefix,
});
const policies = createPagePolicy(host);
const root = document.getElementById('root');
const session = createPanelSession({
  host: {
    ...host,
    async connect() {
      await host.connect(() => undefined);
      // Set here because the static page has no language.
      root?.setAttribute('aria-label', t('Attach files to work items'));
    },
    workItemIds: workItemsOfPanel,
    attached: attachedOfPanel,
    close: closePanel,
  },
  service,
  journal,
  idPrefix,
  runtime: browserRuntime,
  policies,
  createChecks: ({ files, plan }) =>
    createFileChecks({
      files,
      limits: { ...plan, fileLimit: services.fileLimit },
      ...{ policy: policies, settings: host, loadTreatText, loadOpenImage, runtime: browserRuntime },
    }),
  onHostTimeout: (callback) => {
    setTimeout(callback, HOST_TIMEOUT_MS);
  },
});

warnBeforeLeaving(window, journal, () => {
  const run = session.getSnapshot().run?.run;
  return { uploads: run?.queue.getSnapshot() ?? [], isUnfinished: run ? isActive(run.getSnapshot()) : false };
});

if (root) {
  ReactDOM.render(
    <>
      <Panel session={session} />
      <KeyboardHelp page="panel" />
    </>,
    root,
  );
  followTheme();
  void session.start();
}
