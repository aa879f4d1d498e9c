import * as React from 'react';

/** Downloads the file in the preview, for messages in place of it. `undefined` without downloads. */
export const DownloadContext = React.createContext<(() => void) | undefined>(undefined);
