import { createActionHost } from '../../azure/host/sdk-action';
import { loadLanguage } from '../../base/i18n/load-language';
import { createAttachFiles } from './attach-files';

const host = createActionHost(['bulk-action', 'bulk-action-query-toolbar']);

const languageLoaded: Promise<void> = host
  .connect(createAttachFiles(host, () => languageLoaded))
  .then(() => loadLanguage(host.getCulture()));
