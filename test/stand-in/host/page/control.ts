import type {
  Assumptions,
  FaultDescription,
  NetworkConditions,
  RequestRecord,
  StandInConfig,
  TokenAnswer,
} from '../../contract';

/** The rest of the stand-in, as the host page reaches it on its own origin. */
export const control = {
  readConfig: () => ask<StandInConfig>('GET', 'config'),
  issueToken: async () => (await ask<TokenAnswer>('POST', 'token')).token,
  readNetwork: () => ask<NetworkConditions>('GET', 'network'),
  writeNetwork: (conditions: NetworkConditions) => ask<unknown>('PUT', 'network', conditions),
  readFaults: () => ask<FaultDescription[]>('GET', 'faults'),
  readAssumptions: () => ask<Assumptions>('GET', 'assumptions'),
  writeAssumptions: (assumptions: Assumptions) => ask<unknown>('PUT', 'assumptions', assumptions),
  reset: () => ask<unknown>('POST', 'reset'),

  /** Calls `listener` after each new build of the page or of the extension. */
  watchBuilds(listener: () => void): void {
    new EventSource('/control/builds').addEventListener('built', listener);
  },

  /** Tells of every request at the REST origin, twice each; the returned function ends that. */
  watchRequests(listener: (record: RequestRecord) => void): () => void {
    const source = new EventSource('/control/requests');
    source.addEventListener('request', (event: MessageEvent<string>) =>
      listener(JSON.parse(event.data) as RequestRecord),
    );
    return () => source.close();
  },
};

async function ask<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(`/control/${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
  });
  if (!response.ok)
    throw new Error(`The stand-in answered ${response.status} to ${method} /control/${path}.`);
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as Answer;
}
