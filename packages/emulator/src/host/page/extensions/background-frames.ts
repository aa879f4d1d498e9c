import type { Contribution } from '../../../contract';
import { FrameConnection, type FrameEnvironment } from '../sdk/frame-connection';
import { pageUrlOf } from '../sdk/handshake';
import { serverSandbox } from '../sdk/sandbox';

/**
 * Invisible frames, created on first use and kept. Contributions with the same page share a frame, and the id
 * of the first one (host reference 2.3).
 */
export class BackgroundFrames {
  readonly #connections = new Map<string, FrameConnection>();

  constructor(private readonly around: FrameEnvironment) {}

  /** Returns the frame of the contribution's page. A frame that failed to load is created again. */
  frameOf(contribution: Contribution): FrameConnection {
    const url = pageUrlOf(this.around.config, contribution);
    const known = this.#connections.get(url);
    if (known && known.state.load.status !== 'failed') return known;
    known?.dispose();

    const connection = new FrameConnection(
      { contribution, initialConfig: { host: { background: true } } },
      this.around,
    );
    this.#connections.set(url, connection);
    const frame = document.createElement('iframe');
    frame.hidden = true;
    frame.title = `Background page of ${contribution.id}`;
    if (this.around.config.isSandboxed) frame.setAttribute('sandbox', serverSandbox);
    frame.addEventListener('load', () => connection.pageLoaded());
    frame.src = url;
    document.body.append(frame);
    connection.attach(frame.contentWindow!);
    const end = connection.subscribe(() => {
      if (connection.state.load.status !== 'failed') return;
      end();
      frame.remove();
    });
    return connection;
  }
}
