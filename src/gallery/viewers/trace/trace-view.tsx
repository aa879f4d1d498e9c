import * as React from 'react';
import { t } from '../../../base/i18n/translate';
import type { Archive } from '../archive/open-archive';
import type { FindFile } from '../har/request-body';
import { RequestList } from '../har/request-list';
import { useRequestFilter } from '../har/use-request-filter';
import { useSaving } from '../saving';
import type { ViewerProps } from '../viewer';
import { ViewerFrame } from '../viewer-frame';
import { ActionList } from './action-list';
import { AttachmentList } from './attachment-list';
import { MessageList } from './message-list';
import type { Trace } from './trace-log';
import { Tabs } from './tabs';

interface TraceViewProps extends ViewerProps {
  readonly trace: Trace;
  readonly archive: Archive;
  readonly modeSwitch: React.ReactNode;
}

/** Part of a trace. */
type Part = 'actions' | 'console' | 'network' | 'attachments';

/** A trace, by its parts. */
export function TraceView({ modeSwitch, ...props }: TraceViewProps): React.JSX.Element {
  const { trace, archive } = props;
  const [part, setPart] = React.useState<Part>('actions');
  const findFile = useFindFile(archive);
  const counted = (name: string, count: number): string => t('{name} ({count, number})', { name, count });
  const attachments = React.useMemo(() => trace.actions.flatMap((action) => action.attachments), [trace]);
  const tabs: readonly { readonly id: Part; readonly text: string }[] = [
    { id: 'actions', text: counted(t('Actions'), trace.totalActions) },
    { id: 'console', text: counted(t('Console'), trace.totalMessages) },
    { id: 'network', text: counted(t('Network'), trace.network.total) },
    { id: 'attachments', text: counted(t('Attachments'), attachments.length) },
  ];
  return (
    <ViewerFrame
      controls={
        <>
          {modeSwitch}
          <Tabs label={t('Parts of the trace')} tabs={tabs} chosen={part} onChoose={setPart} />
        </>
      }
    >
      <div className="viewer-tab-panel" role="tabpanel" aria-label={tabs.find(({ id }) => id === part)?.text}>
        {part === 'actions' && <ActionList {...props} findFile={findFile} />}
        {part === 'console' && <MessageList trace={trace} />}
        {part === 'network' && <Network {...props} findFile={findFile} />}
        {part === 'attachments' && <Attachments {...props} attachments={attachments} findFile={findFile} />}
      </div>
    </ViewerFrame>
  );
}

/** Returns a function to find an entry by its path. A trace names paths: no other file can be found. */
function useFindFile(archive: Archive): FindFile {
  const entries = React.useMemo(
    () => new Map(archive.entries.map((entry) => [entry.path, entry])),
    [archive],
  );
  return React.useCallback(
    (path) => {
      const entry = entries.get(path);
      return entry?.extract && { size: entry.size, extract: entry.extract };
    },
    [entries],
  );
}

function Network({
  trace,
  findFile,
  ...tools
}: Omit<TraceViewProps, 'modeSwitch'> & { readonly findFile: FindFile }): React.JSX.Element {
  const { controls, shown } = useRequestFilter(trace.network.requests);
  const { saveAs, runTask, openPart } = tools;
  return (
    <>
      {trace.network.requests.length > 0 && (
        <div className="viewer-controls" role="group" aria-label={t('Filter')}>
          {controls}
        </div>
      )}
      <RequestList
        {...{ saveAs, runTask, openPart, findFile, shown }}
        label={t('Requests of {name}', { name: tools.file.name })}
        log={trace.network}
      />
    </>
  );
}

function Attachments({
  attachments,
  findFile,
  openPart,
  saveAs,
}: ViewerProps & {
  readonly attachments: React.ComponentProps<typeof AttachmentList>['attachments'];
  readonly findFile: FindFile;
}): React.JSX.Element {
  const saving = useSaving(saveAs);
  if (attachments.length === 0)
    return <p className="quiet viewer-words">{t('The test has no attachments.')}</p>;
  return (
    <div className="viewer-scroll viewer-trace-part">
      <AttachmentList attachments={attachments} findFile={findFile} openPart={openPart} saving={saving} />
    </div>
  );
}
