import * as React from 'react';
import * as ReactDOM from 'react-dom';
import { loadModule } from '../../base/load-module';
import { coalesce } from '../../base/async';
import { browserRuntime } from '../../base/runtime';
import { createSdkHost, readExtensionData } from '../../azure/host/sdk-host';
import { openBulkPanel, waitForMessage } from '../../azure/host/sdk-layout';
import { HOST_TIMEOUT_MS } from '../../azure/host/time-out';
import { browserTab } from '../../upload/recovery/channel/browser-tab';
import { pendingOf } from '../../upload/recovery/channel/protocol';
import { createHandoverSender } from '../../upload/recovery/channel/sender';
import { t } from '../../base/i18n/translate';
import { createBrowserLearned } from '../../upload/learned';
import { createBrowserJournal, partitionOf } from '../../upload/recovery/journal/browser-journal';
import { commentOf, createUploadService } from '../../upload/upload-service';
import { xhrHttpStack } from '../../azure/rest/xhr-http-stack';
import type { CheckEdges } from '../../check/check-dialog';
import { setNotifyScheduler } from '../../base/store';
import { createFrameServices } from '../../upload/frame-services';
import { createFrameScheduler, followHeight, followTheme, inOwnLanguage } from '../shared/frame';
import { guardPlatform } from '../shared/platform';
import { warnBeforeLeaving, workOf } from '../shared/leaving';
import { KeyboardHelp } from '../../ui/keyboard-help';
import '../../ui/page.css';
import '../../ui/touch.css';
import '../../ui/uploads.css';
import '../../ui/drop-zone.css';
import './form-group.css';
import type { FormSession } from './form-session';
import { createFormSession } from './form-session';
import { FormGroup } from './form-group-view';
import { onMoreLinked, shareFormEvents } from './frame-events';

/** Interval of checks for unfinished links while the queue changes, in milliseconds. */
const QUEUE_CHECK_MS = 100;

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

const check: CheckEdges = {
  services,
  host,
  stack: xhrHttpStack,
  waitForMessage,
  openPanel: openBulkPanel,
  readData: readExtensionData,
};

const root = document.getElementById('root');
if (root) {
  ReactDOM.render(
    <>
      <FormGroup session={session} openGallery={openGallery} check={check} />
      <KeyboardHelp page="form" />
    </>,
    root,
  );
  followTheme();
  void session.start().then(() => {
    root.setAttribute('aria-label', t('Attach files'));
    followHeight(root, host.resize);
  });
}

warnBeforeLeaving(window, journal, () => workOf(session.queue.getSnapshot()));

/** Reports unfinished links to the observer, to be finished after this frame is gone. */
const { changed } = createHandoverSender({
  tab: browserTab,
  sender: frameId,
  settings: host,
  runtime: browserRuntime,
  links: () => pendingOf(session.queue.getSnapshot(), commentOf, session.mustWait),
  draft: session.getDraft,
});
// Not by the scheduler of the page: browsers draw no frame that is scrolled out of view.
session.queue.onChange(coalesce(browserRuntime, QUEUE_CHECK_MS, changed));
session.subscribe(changed, 'at-once');
