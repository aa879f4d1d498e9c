import * as React from 'react';
import * as ReactDOM from 'react-dom';
import { loadModule } from '../../base/load-module';
import { browserRuntime } from '../../base/runtime';
import { createSdkHost, readExtensionData } from '../../azure/host/sdk-host';
import { openBulkPanel, waitForMessage } from '../../azure/host/sdk-layout';
import { t } from '../../base/i18n/translate';
import { createBrowserLearned } from '../../upload/learned';
import { partitionOf } from '../../upload/recovery/journal/browser-journal';
import { xhrHttpStack } from '../../azure/rest/xhr-http-stack';
import type { CheckEdges } from '../../check/check-dialog';
import type { RenderGallery } from '../../gallery/gallery-in-form';
import { setNotifyScheduler } from '../../base/store';
import { createFrameServices } from '../../upload/frame-services';
import { keepFiles } from '../../upload/queue/kept-files';
import { createFrameScheduler, followHeight, followTheme, inOwnLanguage } from '../shared/frame';
import { createFormUploads } from '../shared/form-uploads';
import { createPagePolicy } from '../shared/page-policy';
import { guardPlatform } from '../shared/platform';
import { KeyboardHelp } from '../../ui/keyboard-help';
import '../../ui/page.css';
import '../../ui/touch.css';
import '../../ui/uploads.css';
import '../../ui/drop-zone.css';
import './form-group.css';
import { FormGroup } from './form-group-view';
import { createSaveGate } from '../../upload/form/save-gate';
import { onMoreLinked, shareFormEvents } from '../../upload/form/frame-events';

guardPlatform();
setNotifyScheduler(createFrameScheduler());
const sdkHost = inOwnLanguage(createSdkHost('form-group'));
const { connect, follow } = shareFormEvents(sdkHost);
const host = { ...sdkHost, connect };
const services = createFrameServices({
  host,
  stack: xhrHttpStack,
  runtime: browserRuntime,
  learned: createBrowserLearned(() => partitionOf(host)),
});
const gate = createSaveGate({ host, runtime: browserRuntime });
follow(gate.onFormEvent);
const policy = createPagePolicy(host);
const session = createFormUploads({ host, services, gate, policy, isGroup: true });

const localFileOf = keepFiles(session.queue);

/** Loads the gallery on demand: a form without attachments does not need it. */
async function openGallery(): Promise<RenderGallery> {
  const { openGalleryInForm } = await loadModule(
    () => import(/* webpackChunkName: "gallery" */ '../../gallery/gallery-in-form'),
  );
  return openGalleryInForm({
    host,
    services,
    gate,
    policy,
    localFileOf,
    follow,
    onRead: session.onRead,
    onAttached: (listener) => onMoreLinked(session.queue, listener),
  });
}

const check: CheckEdges = {
  services,
  host,
  stack: xhrHttpStack,
  waitForMessage,
  openPanel: openBulkPanel,
  readData: readExtensionData,
};

const root = document.getElementById('root');

function render(links?: React.JSX.Element): void {
  ReactDOM.render(
    <>
      <FormGroup session={session} openGallery={openGallery} check={check} />
      {links}
      <KeyboardHelp page="form" />
    </>,
    root,
  );
}

if (root) {
  render();
  followTheme();
  session
    .start()
    .then(async () => {
      root.setAttribute('aria-label', t('Attachments'));
      followHeight(root, host.resize);
      const { FormLinks } = await import(/* webpackChunkName: "link-place" */ './form-links');
      render(<FormLinks session={session} services={services} host={host} />);
    })
    // Without the links, the group works.
    .catch(() => undefined);
}
