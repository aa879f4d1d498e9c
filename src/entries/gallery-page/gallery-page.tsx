import * as React from 'react';
import * as ReactDOM from 'react-dom';
import { createGallery } from '../../gallery/create-gallery';
import { Gallery } from '../../gallery/gallery-view';
import { createGalleryUploads } from '../../gallery/uploads/gallery-uploads';
import { loadModule } from '../../base/load-module';
import { browserRuntime } from '../../base/runtime';
import { createSdkHost } from '../../azure/host/sdk-host';
import { HOST_TIMEOUT_MS } from '../../azure/host/time-out';
import { t } from '../../base/i18n/translate';
import { xhrHttpStack } from '../../azure/rest/xhr-http-stack';
import { setNotifyScheduler } from '../../base/store';
import { createSaveGate } from '../../upload/form/save-gate';
import { shareFormEvents } from '../../upload/form/frame-events';
import { createFrameServices } from '../../upload/frame-services';
import { createIntake } from '../../upload/intake/intake';
import { createFrameScheduler, followTheme, inOwnLanguage } from '../shared/frame';
import { createPagePolicy } from '../shared/page-policy';
import { guardPlatform } from '../shared/platform';
import { keepFiles } from '../../upload/queue/kept-files';
import type { MenuItem } from '../../ui/menu';
import { KeyboardHelp } from '../../ui/keyboard-help';
import '../../ui/page.css';
import '../../ui/touch.css';
import '../../ui/uploads.css';
import './gallery-page.css';

guardPlatform();
setNotifyScheduler(createFrameScheduler());

const sdkHost = inOwnLanguage(createSdkHost('gallery-page'));
const { connect, follow } = shareFormEvents(sdkHost);
const host = { ...sdkHost, connect };
const services = createFrameServices({ host, stack: xhrHttpStack, runtime: browserRuntime });
/** Set with the first file. */
let localFileOf: ReturnType<typeof keepFiles> | undefined;
const gate = createSaveGate({ host, runtime: browserRuntime });
follow(gate.onFormEvent);
const policy = createPagePolicy(host);
const session = createGallery({ host, services, gate, policy, localFileOf: (id) => localFileOf?.(id) });
const uploads = createGalleryUploads({
  gallery: session,
  intake: createIntake(browserRuntime),
  async load() {
    const { startFormUploads } = await loadModule(
      () => import(/* webpackChunkName: "uploads" */ '../shared/form-uploads'),
    );
    const form = await startFormUploads({ host, services, gate, policy, follow });
    localFileOf = keepFiles(form.queue);
    return form;
  },
  runtime: browserRuntime,
});

/** Further items of the menu, after they are loaded. */
let moreItems: () => readonly MenuItem[] = () => [];

async function offerMore(): Promise<void> {
  const { createMoreItems, GalleryLinks } = await import(/* webpackChunkName: "more-items" */ './more-items');
  render(<GalleryLinks session={session} services={services} host={host} />);
  moreItems = await createMoreItems({ host, gallery: session, uploads });
}

const root = document.getElementById('root');

/** Translates the English label of the static page. */
function translateLabel(): void {
  root?.setAttribute('aria-label', t('Files'));
}

async function start(): Promise<void> {
  setTimeout(() => {
    translateLabel();
    session.onLate();
  }, HOST_TIMEOUT_MS);
  await host.connect(session.onFormEvent);
  translateLabel();
  host.loadSucceeded();
  session.onConnected();
  await session.start();
  // Without this part, the menu has fewer items, and the page has no links.
  await offerMore().catch(() => undefined);
}

/**
 * Calls `callback` each time the page becomes visible again, for example after another tab of the form. No form event
 * reports this, nor files attached meanwhile beside unsaved edits.
 */
function onShownAgain(page: Element, callback: () => void): void {
  let wasHidden = false;
  new IntersectionObserver((entries) => {
    const isSeen = entries.at(-1)?.isIntersecting ?? false;
    if (isSeen && wasHidden) callback();
    wasHidden = !isSeen;
  }).observe(page);
}

function render(links?: React.JSX.Element): void {
  ReactDOM.render(
    <>
      <Gallery session={session} uploads={uploads} moreItems={() => moreItems()} />
      {links}
      <KeyboardHelp page="files" />
    </>,
    root,
  );
}

if (root) {
  render();
  followTheme();
  void start();
  onShownAgain(root, session.readAgain);
}
