import type {
  Assumptions,
  ClockState,
  ExtensionDataRefusal,
  FaultDescription,
  NetworkConditions,
  RequestRecord,
  Scenario,
  EmulatorConfig,
  TokenAnswer,
} from '../../contract';

/** The rest of the emulator, as the host page reaches it on its own origin. */
export const control = {
  readConfig: () => ask<EmulatorConfig>('GET', 'config'),
  issueToken: async () => (await ask<TokenAnswer>('POST', 'token')).token,
  readNetwork: () => ask<NetworkConditions>('GET', 'network'),
  writeNetwork: (conditions: NetworkConditions) => ask<unknown>('PUT', 'network', conditions),
  /**
   * Applies the network conditions of the page's address (`?faults=…&trouble=…&seed=…&scenario=…`), if any.
   */
  setNetworkOf: (search: string) => ask<NetworkConditions>('PUT', `network-of-address${search}`),
  readScenarios: () => ask<Scenario[]>('GET', 'scenarios'),
  readFaults: () => ask<FaultDescription[]>('GET', 'faults'),
  readAssumptions: () => ask<Assumptions>('GET', 'assumptions'),
  writeAssumptions: (assumptions: Assumptions) => ask<unknown>('PUT', 'assumptions', assumptions),
  readClock: () => ask<ClockState>('GET', 'clock'),
  advanceClock: (days: number) => ask<ClockState>('POST', 'clock', { days }),
  reset: () => ask<unknown>('POST', 'reset'),

  /** Calls the extension data service with the token of an extension; throws its error. */
  async askForData<Answer>(token: string, method: string, path: string, body?: object): Promise<Answer> {
    const response = await send(method, `extension-data/${path}`, body, { Authorization: `Bearer ${token}` });
    if (response.ok) return readJson<Answer>(response);
    const { typeKey, message } = (await response.json()) as ExtensionDataRefusal;
    throw Object.assign(new Error(`${typeKey}: ${message}`), { status: response.status });
  },

  /** Calls `listener` after each new build of the page or of the extension. */
  watchBuilds(listener: () => void): void {
    new EventSource('/control/builds').addEventListener('built', listener);
  },

  /**
   * Reports every request at the REST origin, at its start and its end; returns a function to unsubscribe.
   */
  watchRequests(listener: (record: RequestRecord) => void): () => void {
    const source = new EventSource('/control/requests');
    source.addEventListener('request', (event: MessageEvent<string>) =>
      listener(JSON.parse(event.data) as RequestRecord),
    );
    return () => source.close();
  },
};

async function ask<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await send(method, path, body);
  if (!response.ok) throw new Error(await refusalIn(response, `${method} /control/${path}`));
  return readJson<Answer>(response);
}

function send(
  method: string,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  const content =
    body === undefined
      ? { headers }
      : { body: JSON.stringify(body), headers: { ...headers, 'Content-Type': 'application/json' } };
  return fetch(`/control/${path}`, { method, ...content });
}

/** Error message of the emulator. */
async function refusalIn(response: Response, asked: string): Promise<string> {
  const { message } = (await response.json().catch(() => ({}))) as { message?: string };
  return message ?? `The emulator answered ${response.status} to ${asked}.`;
}

async function readJson<Answer>(response: Response): Promise<Answer> {
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as Answer;
}
