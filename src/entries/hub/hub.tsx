import * as React from 'react';
import * as ReactDOM from 'react-dom';
import { xhrHttpStack } from '../../azure/rest/xhr-http-stack';
import { createSdkHost } from '../../azure/host/sdk-host';
import { createSdkDocuments } from '../../azure/host/sdk-documents';
import { readProject } from '../../azure/host/sdk-project';
import { findSettingsUrl } from '../../azure/host/sdk-settings';
import { HOST_TIMEOUT_MS } from '../../azure/host/time-out';
import { t } from '../../base/i18n/translate';
import { browserRuntime } from '../../base/runtime';
import { setNotifyScheduler } from '../../base/store';
import { HubView } from '../../gallery/project/view/hub-view';
import { createFrameServices } from '../../upload/frame-services';
import { createBrowserLearned } from '../../upload/learned';
import { readHiddenParts } from '../../upload/rules/policy/hidden-parts';
import { partitionOf } from '../../upload/recovery/journal/browser-journal';
import { createFrameScheduler, followTheme, inOwnLanguage } from '../shared/frame';
import { HubPage } from '../shared/hub-page';
import { createHubStart } from '../shared/hub-start';
import { createPagePolicy } from '../shared/page-policy';
import { guardPlatform } from '../shared/platform';
import { composeHub } from './compose-hub';
import '../../ui/page.css';
import '../../ui/touch.css';
import '../../ui/uploads.css';
import './hub.css';

guardPlatform();
setNotifyScheduler(createFrameScheduler());

const host = inOwnLanguage(createSdkHost('attachments-hub'));
const services = createFrameServices({
  host,
  stack: xhrHttpStack,
  runtime: browserRuntime,
  learned: createBrowserLearned(() => partitionOf(host)),
});
const policy = createPagePolicy(host);
const root = document.getElementById('root');
const hub = createHubStart({
  host,
  readProject,
  isSwitchedOff: async () => (await readHiddenParts(policy, browserRuntime)).has('hub'),
  findSettings: (project) => findSettingsUrl(host, project),
  compose: (project) => composeHub({ host, services, project, openDocuments: createSdkDocuments, policy }),
  // Set here because the static page has no language.
  onConnected: () => root?.setAttribute('aria-label', t('Attachments')),
  onHostTimeout: (callback) => {
    setTimeout(callback, HOST_TIMEOUT_MS);
  },
});

if (root) {
  ReactDOM.render(<HubPage hub={hub} View={HubView} />, root);
  followTheme();
  void hub.start();
}
