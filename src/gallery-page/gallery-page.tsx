import * as React from 'react';
import * as ReactDOM from 'react-dom';
import { createGallery } from '../gallery/create-gallery';
import { Gallery } from '../gallery/gallery-view';
import { browserSurroundings } from '../host/browser-surroundings';
import { createSdkHost } from '../host/sdk-host';
import { HOST_TIMEOUT_MS } from '../host/time-out';
import { t } from '../i18n/translate';
import { xhrHttpStack } from '../rest/xhr-http-stack';
import { inOwnLanguage } from '../ui/in-own-language';
import { followTheme } from '../ui/theme';
import '../ui/page.css';
import '../ui/uploads.css';
import './gallery-page.css';
import { onShownAgain } from './on-shown-again';

const host = inOwnLanguage(createSdkHost('gallery-page'));
const session = createGallery({ host, stack: xhrHttpStack, surroundings: browserSurroundings });

const root = document.getElementById('root');

/** The page says it in English, as long as it does not know better. */
function sayWhatItIs(): void {
  root?.setAttribute('aria-label', t('Attachments'));
}

async function start(): Promise<void> {
  setTimeout(() => {
    sayWhatItIs();
    session.onLate();
  }, HOST_TIMEOUT_MS);
  await host.connect(session.onFormEvent);
  sayWhatItIs();
  host.loadSucceeded();
  session.onConnected();
  await session.start();
}

if (root) {
  ReactDOM.render(<Gallery session={session} />, root);
  followTheme();
  void start();
  onShownAgain(root, session.readAgain);
}
