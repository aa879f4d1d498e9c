import * as React from 'react';
import * as ReactDOM from 'react-dom';
import { createGallery } from '../gallery/create-gallery';
import { Gallery } from '../gallery/gallery-view';
import { browserSurroundings } from '../host/browser-surroundings';
import { createSdkHost } from '../host/sdk-host';
import { HOST_PATIENCE_MS } from '../host/time-out';
import { xhrHttpStack } from '../rest/xhr-http-stack';
import { inOwnLanguage } from '../ui/in-own-language';
import { followTheme } from '../ui/theme';
import '../ui/page.css';
import '../ui/uploads.css';
import './gallery-page.css';

const host = inOwnLanguage(createSdkHost('gallery-page'));
const session = createGallery({ host, stack: xhrHttpStack, surroundings: browserSurroundings });

async function start(): Promise<void> {
  setTimeout(session.onLate, HOST_PATIENCE_MS);
  await host.connect(session.onFormEvent);
  host.loadSucceeded();
  session.onConnected();
  await session.start();
}

const root = document.getElementById('root');
if (root) {
  ReactDOM.render(<Gallery session={session} />, root);
  followTheme();
  void start();
}
