import * as React from 'react';
import * as ReactDOM from 'react-dom';
import { ORGANIZATION_SCOPE } from '../../azure/host/sdk-data';
import { createSdkDocuments } from '../../azure/host/sdk-documents';
import { createSdkHost } from '../../azure/host/sdk-host';
import { readProject } from '../../azure/host/sdk-project';
import { readUserName } from '../../azure/host/sdk-user';
import { HOST_TIMEOUT_MS } from '../../azure/host/time-out';
import { t } from '../../base/i18n/translate';
import { loadModule } from '../../base/load-module';
import { browserRuntime } from '../../base/runtime';
import { setNotifyScheduler } from '../../base/store';
import { POLICY_COLLECTION } from '../../upload/rules/policy/policy-document';
import { createPolicyStore } from '../../upload/rules/policy/policy-store';
import { createFrameScheduler, followTheme, inOwnLanguage } from '../shared/frame';
import { HubPage } from '../shared/hub-page';
import { createHubStart } from '../shared/hub-start';
import { guardPlatform } from '../shared/platform';
import type { SettingsSession } from './settings-session';
import { createSettingsSession } from './settings-session';
import { SettingsView } from './settings-view';
import '../../ui/page.css';
import '../../ui/touch.css';
import './settings.css';

guardPlatform();
setNotifyScheduler(createFrameScheduler());

const host = inOwnLanguage(createSdkHost('settings-hub'));
const root = document.getElementById('root');

function compose({ id }: { readonly id: string }): SettingsSession {
  const session = createSettingsSession(
    createPolicyStore({
      documents: createSdkDocuments(POLICY_COLLECTION, ORGANIZATION_SCOPE),
      projectId: id,
      readAuthor: readUserName,
      now: browserRuntime.now,
    }),
    async () => {
      const load = () => import(/* webpackChunkName: "project-types" */ './project-types');
      const { readProjectTypes } = await loadModule(load);
      return readProjectTypes(host, id);
    },
  );
  window.addEventListener('beforeunload', (event) => {
    if (session.hasUnsaved()) event.preventDefault();
  });
  void session.load();
  return session;
}

const start = createHubStart({
  host,
  readProject,
  compose,
  // Set here because the static page has no language.
  onConnected: () => root?.setAttribute('aria-label', t('Rules for attachments')),
  onHostTimeout: (callback) => {
    setTimeout(callback, HOST_TIMEOUT_MS);
  },
});

if (root) {
  ReactDOM.render(<HubPage hub={start} View={SettingsView} />, root);
  followTheme();
  void start.start();
}
