import * as React from 'react';
import * as ReactDOM from 'react-dom';
import { loadLanguage } from '../../base/i18n/load-language';
import { t } from '../../base/i18n/translate';
import { browserRuntime } from '../../base/runtime';
import { saveFile } from '../../ui/save-file';
import { createFormLink } from '../../upload/capture/form-link';
import type { CapturePurpose } from '../../upload/capture/protocol';
import { readPurpose } from '../../upload/capture/protocol';
import { followTheme } from '../shared/frame';
import { createBrowserScreens } from './browser-screen';
import { createCaptureSession } from './capture-session';
import { CaptureView } from './capture-view';
import { copyPng } from './copy-png';
import '../../ui/page.css';
import './capture.css';

/** Follows the theme of the system: this window has no host. */
function followSystemTheme(): void {
  followTheme();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () =>
    window.dispatchEvent(new Event('themeApplied')),
  );
}

async function start(purpose: Exclude<CapturePurpose, { kind: 'check' }>): Promise<void> {
  const isForForm = purpose.kind === 'capture';
  const session = createCaptureSession({
    screens: createBrowserScreens(browserRuntime),
    link: createFormLink(isForForm ? purpose.id : '', browserRuntime),
    runtime: browserRuntime,
    copyImage: copyPng,
    saveFile,
    closeWindow: () => window.close(),
  });
  window.addEventListener('pagehide', session.dispose);
  await loadLanguage(isForForm ? purpose.culture : undefined);
  document.title = t('Capture the screen');
  ReactDOM.render(
    <CaptureView session={session} workItem={isForForm ? purpose.workItem : ''} />,
    document.getElementById('root'),
  );
}

followSystemTheme();
const purpose = readPurpose(location.hash);
if (purpose.kind === 'check') {
  // Its frame closes this window: a page that closes may not send.
  if (!createFormLink(purpose.id, browserRuntime).report()) window.close();
} else {
  void start(purpose);
}
