import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { quoteName } from '../../../upload/messages/problems';
import { ContentFrame } from '../content-frame';
import { useLoading } from '../hooks';
import '../markdown/markdown.css';
import type { Mode } from '../mode-switch';
import { ModeSwitch } from '../mode-switch';
import type { ViewerProps } from '../viewer';
import { Loaded } from '../viewer-frame';
import type { InertParts } from './inert-parts';
import { describeInertParts } from './inert-sentences';
import './office.css';
import { canListParts, PartsViewer } from './parts-viewer';
import { Pictures, PicturesContext } from './pictures';

/** Content of an Office file. */
interface OfficeContent {
  readonly inert: InertParts;
  /** Whether the file is longer or deeper than shown. */
  readonly isCut: boolean;
}

interface OfficeViewerProps<T extends OfficeContent> {
  readonly viewer: ViewerProps;
  /** Label of the way to show the content. */
  readonly label: string;
  /** Reads the content. A memoized function. */
  readonly load: (signal: AbortSignal) => Promise<T>;
  /** Says that the parts are listed, because the content cannot be shown. */
  readonly partsInstead: string;
  /** Facts beside the switch. */
  readonly describe?: (content: T) => string;
  readonly children: (content: T) => React.ReactNode;
}

/** Shows the content of an Office file with its pictures, or the parts of the file. */
export function OfficeViewer<T extends OfficeContent>(props: OfficeViewerProps<T>): React.JSX.Element {
  const { viewer, label } = props;
  const [chosen, setChosen] = React.useState<Mode>();
  const modeSwitch = <ModeSwitch labels={[label, t('Parts')]} chosen={chosen} onChoose={setChosen} />;
  return chosen === 'other' ? (
    <PartsViewer {...viewer} leadingControls={modeSwitch} />
  ) : (
    <Content {...props} modeSwitch={modeSwitch} />
  );
}

function Content<T extends OfficeContent>(
  props: OfficeViewerProps<T> & { readonly modeSwitch: React.ReactNode },
): React.JSX.Element {
  const { viewer, load, partsInstead, describe, children, modeSwitch } = props;
  const { file, runTask } = viewer;
  const loading = useLoading(load);
  const pictures = React.useMemo(() => new Pictures(file, runTask), [file, runTask]);
  if (loading.status === 'failed' && canListParts(loading.kind))
    return <PartsViewer {...viewer} note={partsInstead} />;
  return (
    <Loaded name={file.name} loading={loading}>
      {(content) => (
        <ContentFrame
          leadingControls={modeSwitch}
          facts={
            describe && (
              <span className="quiet" role="status">
                {describe(content)}
              </span>
            )
          }
          messages={<Remarks name={file.name} content={content} />}
          label={t('Text of {name}', { name: file.name })}
          className="viewer-markdown viewer-document"
          isCut={content.isCut}
          dir="auto"
        >
          <PicturesContext.Provider value={pictures}>{children(content)}</PicturesContext.Provider>
        </ContentFrame>
      )}
    </Loaded>
  );
}

/** Names the parts that are missing. */
function Remarks({ name, content }: { name: string; content: OfficeContent }): React.JSX.Element {
  const { inert, isCut } = content;
  const notShown = describeInertParts(inert);
  return (
    <>
      {isCut && (
        <p className="note viewer-note" role="status">
          <span>
            {t('{name} is too long to show completely. Download it to see the rest.', {
              name: quoteName(name),
            })}
          </span>
        </p>
      )}
      {notShown !== undefined && <p className="quiet viewer-words">{notShown}</p>}
    </>
  );
}
