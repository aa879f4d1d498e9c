import type { Contribution } from '../../../contract';
import { FrameConnection, type FrameSurroundings } from '../sdk/frame-connection';
import { serverSandbox } from '../sdk/frame-view';
import { pageUrlOf } from '../sdk/handshake';

/**
 * Pages that nobody sees, made when something is asked of them and kept from then on. Contributions with the same page
 * share a frame, and so the id of the one that came first (host reference 2.3).
 */
export class BackgroundFrames {
  readonly #connections = new Map<string, FrameConnection>();

  constructor(private readonly around: FrameSurroundings) {}

  /** The frame of the contribution's page; one that failed to load is made anew. */
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
    if (this.around.config.mode === 'server') frame.setAttribute('sandbox', serverSandbox);
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
