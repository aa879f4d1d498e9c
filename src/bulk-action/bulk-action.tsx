import { createActionHost } from '../host/sdk-action';
import { createAttachFiles } from './attach-files';

const host = createActionHost(['bulk-action', 'bulk-action-query-toolbar']);

void host.connect(createAttachFiles(host));
