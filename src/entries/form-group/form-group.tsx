import * as React from 'react';
import * as ReactDOM from 'react-dom';
import { loadModule } from '../../base/load-module';
import { browserRuntime } from '../../base/runtime';
import { createSdkHost } from '../../azure/host/sdk-host';
import { HOST_TIMEOUT_MS } from '../../azure/host/time-out';
import { browserTab } from '../../upload/recovery/channel/browser-tab';
import { pendingOf } from '../../upload/recovery/channel/protocol';
import { createHandoverSender } from '../../upload/recovery/channel/sender';
import { t } from '../../base/i18n/translate';
import { createBrowserJournal } from '../../upload/recovery/journal/browser-journal';
import { commentOf, createUploadService } from '../../upload/upload-service';
import { xhrHttpStack } from '../../azure/rest/xhr-http-stack';
import { setNotifyScheduler } from '../../base/store';
import { createFrameServices } from '../../upload/frame-services';
import { createFrameScheduler, followHeight, followTheme, inOwnLanguage } from '../shared/frame';
import { guardPlatform } from '../shared/platform';
import '../../ui/page.css';
import '../../ui/uploads.css';
import '../../ui/drop-zone.css';
import './form-group.css';
import type { FormSession } from './form-session';
import { createFormSession } from './form-session';
import { FormGroup } from './form-group-view';
import { onMoreLinked, shareFormEvents, warnBeforeLeaving } from './frame-events';

guardPlatform();
setNotifyScheduler(createFrameScheduler());
const sdkHost = inOwnLanguage(createSdkHost('form-group'));
const { connect, follow } = shareFormEvents(sdkHost);
const host = { ...sdkHost, connect };
const services = createFrameServices({ host, stack: xhrHttpStack, runtime: browserRuntime });
const frameId = browserTab.secret().slice(0, 16);
const idPrefix = `${frameId}-`;
const journal = createBrowserJournal({
  owner: frameId,
  runtime: browserRuntime,
  onLost: (ids) => session.queue.evict(ids),
});
const session: FormSession = createFormSession({
  host,
  connect: (reports) => createUploadService({ services, host, journal, idPrefix, ...reports }),
  journal,
  idPrefix,
  visibility: {
    isVisible: () => document.visibilityState === 'visible',
    onChange: (listener) => document.addEventListener('visibilitychange', listener),
  },
  onHostTimeout: (callback) => {
    setTimeout(callback, HOST_TIMEOUT_MS);
  },
  runtime: browserRuntime,
});

/** Loads the gallery on demand, since most visits to a form do not need it. */
async function openGallery(): Promise<React.JSX.Element> {
  const { openGalleryInForm } = await loadModule(
    () => import(/* webpackChunkName: "gallery" */ '../../gallery/gallery-in-form'),
  );
  return openGalleryInForm({
    host,
    services,
    follow,
    onAttached: (listener) => onMoreLinked(session.queue, listener),
  });
}

const root = document.getElementById('root');
if (root) {
  ReactDOM.render(<FormGroup session={session} openGallery={openGallery} />, root);
  followTheme();
  void session.start().then(() => {
    root.setAttribute('aria-label', t('Attach files'));
    followHeight(root, host.resize);
  });
}

warnBeforeLeaving(window, session.queue, journal);

/** Reports unfinished links to the observer, to be finished after this frame is gone. */
const { changed } = createHandoverSender({
  tab: browserTab,
  sender: frameId,
  settings: host,
  runtime: browserRuntime,
  links: () => pendingOf(session.queue.getSnapshot(), commentOf, session.mustWait),
  draft: session.getDraft,
});
session.queue.subscribe(changed);
session.subscribe(changed);
