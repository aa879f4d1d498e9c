import * as React from 'react';
import { t } from '../base/i18n/translate';
import { useStore } from '../ui/hooks';
import { quoteName } from '../upload/messages/problems';
import type { Downloads } from './downloads';
import { keyOfFile } from './model/attached-file';
import { ProgressLine } from './progress-line';

/** Progress of each download that takes a moment. */
export function DownloadLines({ downloads }: { downloads: Downloads }): React.JSX.Element {
  const downloading = useStore(downloads);
  return (
    <div className="gallery-downloads">
      {[...downloading.values()]
        .filter(({ isLong }) => isLong)
        .map(({ file, bytesRead }) => (
          <div key={keyOfFile(file)} className="gallery-job note" data-keeps-focus="">
            <ProgressLine
              text={t('Downloading {name}…', { name: quoteName(file.name) })}
              label={t('Downloading {name}…', { name: file.name })}
              bytesDone={bytesRead}
              bytesTotal={Math.max(bytesRead, file.size ?? 0)}
              cancelLabel={t('Cancel downloading {name}', { name: file.name })}
              onCancel={() => downloads.cancel(file)}
            />
          </div>
        ))}
    </div>
  );
}
