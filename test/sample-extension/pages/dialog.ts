import * as SDK from 'azure-devops-extension-sdk';
import { onClick } from './layout';

async function start(): Promise<void> {
  // A dialog is as large as its page says; so that nobody sees it grow, it says so before it shows.
  await SDK.init({ loaded: false });
  const { dialog } = SDK.getConfiguration() as { dialog: { close: (result: string) => Promise<void> } };
  onClick('first', () => dialog.close('the first'));
  onClick('second', () => dialog.close('the second'));
  SDK.resize(360, 120);
  await SDK.notifyLoadSucceeded();
}

void start();
