import { runAtOnce } from '../../../base/steps';
import type { DataOrder } from './data-messages';
import { createBrowserData } from './open-data';
import { createDataServer } from './serve-data';

const serve = createDataServer(
  (partition, culture) => createBrowserData(partition, culture, runAtOnce),
  (answer) => self.postMessage(answer),
);

self.addEventListener('message', ({ data }: MessageEvent<DataOrder>) => void serve(data));
