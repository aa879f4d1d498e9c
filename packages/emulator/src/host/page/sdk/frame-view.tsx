import * as React from 'react';
import type { Contribution } from '../../../contract';
import { useHostPage } from '../host-page';
import { useStore } from '../store';
import type { FrameConnection, Load } from './frame-connection';
import { nameOfContribution, pageUrlOf } from './handshake';
import { serverSandbox } from './sandbox';

interface FrameViewProps {
  contribution: Contribution;
  connection: FrameConnection;
  /** Accessible name. Default: the contribution's name. */
  title?: string;
  /** In pixels; left to the style sheet by default. */
  height?: number;
}

/** One extension page in its frame. The connection lives as long as this component is mounted. */
export function FrameView({ contribution, connection, height, ...props }: FrameViewProps) {
  const { config } = useHostPage();
  const frame = React.useRef<HTMLIFrameElement>(null);
  const { load } = useStore(connection);
  const title = props.title ?? nameOfContribution(contribution);

  React.useLayoutEffect(() => {
    connection.attach(frame.current!.contentWindow!);
    return () => connection.dispose();
  }, [connection]);

  return (
    <>
      <LoadNote name={title} load={load} />
      <iframe
        ref={frame}
        title={title}
        src={pageUrlOf(config, contribution)}
        {...(config.isSandboxed ? { sandbox: serverSandbox } : {})}
        data-load={load.status}
        style={{ height }}
        onLoad={() => connection.pageLoaded()}
      />
    </>
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
