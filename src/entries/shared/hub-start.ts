import type { Host, HostProject } from '../../azure/host/host';
import type { ReadonlyStore } from '../../base/store';
import { createStateStore } from '../../base/store';

/** Progress of the start of a hub. */
export type HubState<Session> =
  | { readonly status: 'connecting' }
  /** The host is silent. It may still respond. */
  | { readonly status: 'unresponsive' }
  /** The host responds, but tells no project. */
  | { readonly status: 'without-project' }
  /** The project has switched the page off. `settingsUrl`: its settings, if known. */
  | { readonly status: 'switched-off'; readonly settingsUrl: string | undefined }
  | { readonly status: 'open'; readonly session: Session };

/** Start of a hub, with its state. */
export interface HubStart<Session> extends ReadonlyStore<HubState<Session>> {
  /** Connects to the host and opens the session. Also a second attempt, if the host told no project. */
  readonly start: () => Promise<void>;
}

/** Dependencies of `createHubStart`. */
export interface HubStartOptions<Session> {
  readonly host: Pick<Host, 'connect' | 'loadSucceeded'>;
  readonly readProject: () => Promise<HostProject>;
  /** Whether the project has switched the page off. Never rejects. Default: no project has. */
  readonly isSwitchedOff?: () => Promise<boolean>;
  /** Returns the address of the settings of the project. Default: unknown. */
  readonly findSettings?: (project: HostProject) => Promise<string | undefined>;
  /** Creates the session, once. */
  readonly compose: (project: HostProject) => Session;
  /** Calls back as soon as the host has responded, before the page is shown. */
  readonly onConnected: () => void;
  /** Calls back after the host has been silent for too long. */
  readonly onHostTimeout: (callback: () => void) => void;
}

/** Creates the start of a hub, not yet connected. */
export function createHubStart<Session>(options: HubStartOptions<Session>): HubStart<Session> {
  const { host, readProject, isSwitchedOff, findSettings, compose, onConnected, onHostTimeout } = options;
  const { getSnapshot, subscribe, setState } = createStateStore<HubState<Session>>(
    { status: 'connecting' },
    { notify: 'at-once' },
  );
  let connection: Promise<void> | undefined;

  /** Connects once: a second handshake would register this frame again. */
  async function connect(): Promise<void> {
    onHostTimeout(() =>
      setState((state) => (state.status === 'connecting' ? { status: 'unresponsive' } : state)),
    );
    await host.connect(() => undefined);
    onConnected();
    // Without it, the host covers the page, its errors included.
    host.loadSucceeded();
  }

  return {
    getSnapshot,
    subscribe,
    async start() {
      connection ??= connect();
      await connection;
      if (getSnapshot().status === 'open') return;
      setState({ status: 'connecting' });
      const project = await readProject().catch(() => undefined);
      if (!project) setState({ status: 'without-project' });
      else if (await isSwitchedOff?.())
        setState({ status: 'switched-off', settingsUrl: await findSettings?.(project) });
      else setState({ status: 'open', session: compose(project) });
    },
  };
}
