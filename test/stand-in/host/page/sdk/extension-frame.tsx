import * as React from 'react';
import type { Contribution } from '../../../contract';
import type { FormEvent } from '../form/board';
import { useHostPage, type HostPage } from '../host-page';
import { useStore } from '../store';
import { FrameConnection, type Load } from './frame-connection';
import { nameOfContribution, pageUrlOf } from './handshake';
import { createServices } from './host-services';

/** The attribute that a server on premises, and content from the host's own origin, puts on the frame. */
const serverSandbox =
  'allow-forms allow-modals allow-pointer-lock allow-popups allow-scripts allow-top-navigation';

/** Assumed: a contribution without a height gets the browser's own for a frame. */
const defaultHeight = 150;

/** Each open form has a view for each type of work item that it has shown. */
export interface FormView {
  place: number;
  workItemType: string;
}

interface ExtensionFrameProps {
  contribution: Contribution;
  /** The view that the frame belongs to; it hears of no other. Observers have none and hear of all. */
  view: FormView | undefined;
  /** Whether the view is the one on the screen. */
  shown: boolean;
}

/** One extension page in its frame, for as long as this component is mounted. */
export function ExtensionFrame({ contribution, view, shown }: ExtensionFrameProps) {
  const page = useHostPage();
  const frame = React.useRef<HTMLIFrameElement>(null);
  const [{ connection, hear }] = React.useState(() => connect(page, contribution, view));
  const { load, height } = useStore(connection);
  const name = nameOfContribution(contribution);

  React.useLayoutEffect(() => {
    connection.attach(frame.current!.contentWindow!);
    const endEvents = page.board.onEvent(hear);
    return () => {
      endEvents();
      connection.dispose();
    };
  }, [connection, hear, page]);

  return (
    <div className="extension-frame" data-work-item-type={view?.workItemType} hidden={!shown}>
      <LoadNote name={name} load={load} />
      <iframe
        ref={frame}
        title={name}
        src={pageUrlOf(page.config, contribution)}
        {...(page.config.mode === 'server' ? { sandbox: serverSandbox } : {})}
        data-load={load.status}
        style={{ height: height ?? initialHeight(contribution) }}
        onLoad={() => connection.pageLoaded()}
      />
    </div>
  );
}

function LoadNote({ name, load }: { name: string; load: Load }) {
  switch (load.status) {
    case 'loading':
      return (
        <p className="frame-note" role="status">
          Loading {name}…
        </p>
      );
    case 'slow':
      return (
        <p className="frame-note" role="status">
          {name} is taking longer than usual to load.
        </p>
      );
    case 'failed':
      return (
        <p className="frame-note frame-error" role="alert">
          {name} could not be loaded. {load.message}
        </p>
      );
    case 'ready':
      return null;
  }
}

function connect(page: HostPage, contribution: Contribution, view: FormView | undefined) {
  const hear = (event: FormEvent): void => {
    if (!view || isIn(view, event)) connection.send(event);
  };
  const connection: FrameConnection = new FrameConnection(
    contribution,
    { ...page, createServices: (frameId) => createServices(page, frameId) },
    // The form was opened before the extension could hear of it.
    () => page.board.introduce(hear),
  );
  return { connection, hear };
}

function isIn({ place, workItemType }: FormView, event: FormEvent): boolean {
  return event.place === place && event.workItemType === workItemType;
}

function initialHeight({ properties }: Contribution): number {
  return typeof properties['height'] === 'number' ? properties['height'] : defaultHeight;
}
