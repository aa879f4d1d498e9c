import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { quoteName } from '../../../upload/messages/problems';
import { Gradually } from '../gradually';
import { Blocks } from '../office/document-blocks';
import { OfficeViewer } from '../office/office-viewer';
import type { ViewerProps } from '../viewer';

/** Shows the text of a Word document with its tables and pictures, or the parts of its file. */
export function WordViewer(props: ViewerProps): React.JSX.Element {
  const { file, runTask } = props;
  const load = React.useCallback(
    (signal: AbortSignal) => runTask('readWord', file.bytes, signal),
    [file, runTask],
  );
  return (
    <OfficeViewer
      viewer={props}
      label={t('Document')}
      load={load}
      partsInstead={t("{name} can't be shown as a document, so its parts are listed.", {
        name: quoteName(file.name),
      })}
    >
      {({ parts }) =>
        parts.length === 0 ? (
          <p className="quiet">{t('The document has no text.')}</p>
        ) : (
          <Gradually
            count={parts.length}
            renderItem={(index) => (
              <div key={index} className="viewer-part">
                <Blocks blocks={parts[index] ?? []} />
              </div>
            )}
          />
        )
      }
    </OfficeViewer>
  );
}
