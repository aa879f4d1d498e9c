import { createSdkHost } from '../host/sdk-host';
import { workItemsOfPanel } from '../host/sdk-layout';
import { followTheme } from '../ui/theme';
import '../ui/page.css';

const host = createSdkHost('bulk-panel');

async function start(): Promise<void> {
  await host.connect(() => undefined);
  const { length } = workItemsOfPanel();
  document.getElementById('root')?.append(`${length} work item${length === 1 ? '' : 's'}`);
  followTheme();
  host.loadSucceeded();
}

void start();
