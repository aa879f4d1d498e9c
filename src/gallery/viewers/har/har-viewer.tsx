import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import { quoteName } from '../../../upload/messages/problems';
import { useLoading } from '../hooks';
import { Formatted, SourceSwitch } from '../source-switch';
import type { Viewer, ViewerProps } from '../viewer';
import { Loaded, ViewerFrame } from '../viewer-frame';
import '../results/results.css';
import './har.css';
import type { RequestLog } from './har-log';
import { RequestList } from './request-list';
import { useRequestFilter } from './use-request-filter';

/** Maximum size of a file to read, in bytes: it is read into memory as a whole. */
const MAX_BYTES = 256 * 1024 * 1024;

/** Shows the requests of a HAR file with a waterfall. A file with other content is shown as JSON. */
export function HarViewer(props: ViewerProps): React.JSX.Element {
  const { file, runTask } = props;
  const load = React.useCallback(
    (signal: AbortSignal) => runTask('readHar', file.bytes, signal),
    [file, runTask],
  );
  return (
    <SourceSwitch
      file={file}
      renderedLabel={t('Requests')}
      maxBytes={MAX_BYTES}
      render={(modeSwitch) => (
        <Formatted file={file} load={load}>
          {(log) =>
            log ? <Requests {...props} log={log} modeSwitch={modeSwitch} /> : <OtherJson {...props} />
          }
        </Formatted>
      )}
    />
  );
}

function Requests(
  props: ViewerProps & { readonly log: RequestLog; readonly modeSwitch: React.ReactNode },
): React.JSX.Element {
  const { file, log, modeSwitch, ...tools } = props;
  const { controls, shown } = useRequestFilter(log.requests);
  return (
    <ViewerFrame
      controls={
        <>
          {modeSwitch}
          {log.requests.length > 0 && controls}
        </>
      }
    >
      <RequestList {...tools} label={t('Requests of {name}', { name: file.name })} log={log} shown={shown} />
    </ViewerFrame>
  );
}

function OtherJson(props: ViewerProps): React.JSX.Element {
  return (
    <div className="viewer">
      <p className="note viewer-note" role="status">
        {t("{name} has no HAR requests, so it's shown as JSON.", {
          name: quoteName(props.file.name),
        })}
      </p>
      <div className="viewer-body">
        <Loaded name={props.file.name} loading={useLoading(loadJsonViewer)}>
          {(Json) => <Json {...props} />}
        </Loaded>
      </div>
    </div>
  );
}

async function loadJsonViewer(): Promise<Viewer> {
  return (await import(/* webpackChunkName: "view-json" */ '../json/json-viewer')).JsonViewer;
}
