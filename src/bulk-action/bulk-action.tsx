import { createActionHost } from '../host/sdk-action';
import { loadInTime } from '../i18n/load-in-time';
import { createAttachFiles } from './attach-files';

const host = createActionHost(['bulk-action', 'bulk-action-query-toolbar']);

let speak: () => void = () => undefined;
const canSpeak = new Promise<void>((resolve) => (speak = resolve));

void host
  .connect(createAttachFiles(host, canSpeak))
  .then(() => loadInTime(host.getCulture()))
  .then(speak);
