/**
 * What the parts of the emulator say to one another: the REST origin, the host page and the tests.
 * The host page reaches the rest through `/control/…` on its own origin; the shapes below are its JSON.
 */

/** Which Azure DevOps is played: the service in the cloud, or a server on premises with its sandboxed frame. */
export type EmulatorMode = 'services' | 'server';

/** How the emulator is started. Ports default to free ones. */
export interface EmulatorOptions {
  mode?: EmulatorMode;
  hostPort?: number;
  restPort?: number;
  assetsPort?: number;
  /** Folder that holds `vss-extension.json` and the built pages it names. */
  extensionFolder: string;
  /** Folder of the built host page. Default: where the build of this project puts it. */
  hostFolder?: string;
  /** Folder in which everything is kept. Default: a temporary one that goes when the emulator is closed. */
  dataFolder?: string;
  /** How many work items there are beside those that everybody knows, unless the folder holds some already. Default: 0. */
  items?: number;
  /** How long a bearer token is accepted, in milliseconds. Default: one hour. */
  tokenLifetimeMs?: number;
  /** Lets open pages reload after each build. Default: false. */
  watch?: boolean;
}

/** What the host page must know to play its part. Answer of `GET /control/config`. */
export interface EmulatorConfig {
  mode: EmulatorMode;
  /** Whether `GET /control/builds` tells of new builds. */
  watch: boolean;
  /** Base of the REST service, ending in a slash: `http://127.0.0.1:4801/fabrikam/` or `…/tfs/DefaultCollection/`. */
  restBaseUrl: string;
  /** Base of the extension's assets, ending in a slash; a contribution's `uri` is resolved against it. */
  assetsBaseUrl: string;
  organization: { id: string; name: string };
  project: { id: string; name: string };
  user: { id: string; name: string; displayName: string; descriptor: string };
  /** Every work item there is, in ascending order. */
  workItemIds: number[];
  /** Those that the user may read and not write. */
  readOnlyWorkItemIds: number[];
  extension: { publisherId: string; extensionId: string; version: string; contributions: Contribution[] };
}

/** One contribution as the manifest gives it. */
export interface Contribution {
  id: string;
  type: string;
  targets: string[];
  properties: Record<string, unknown>;
}

/** Answer of `POST /control/token`. */
export interface TokenAnswer {
  token: string;
  expiresInMs: number;
}

/** What is done to the traffic of the REST origin. `GET` and `PUT /control/network`. */
export interface NetworkConditions {
  /** Added before each answer, in milliseconds. */
  latencyMs: number;
  /** Cap on received bytes over all requests together, in bytes per second; `null` for none. */
  bytesPerSecond: number | null;
  /** The faults that are switched on; the first that fits a request hits it. */
  faults: ActiveFault[];
  /** What hits those that no fault of the list does, at random; `null` for none. Spares the host page's own requests. */
  trouble: Trouble | null;
}

/** Faults that come at random, and alike for the same seed. */
export interface Trouble {
  /** The share of requests that are hit, from 0 to 1. */
  rate: number;
  /** A whole number. The order of decisions begins anew whenever the network is set. */
  seed: number;
  /** Their names. Default: those that pass by themselves. */
  faults?: string[];
}

/** Conditions that go together. `GET /control/scenarios` lists them. */
export interface Scenario {
  name: string;
  /** One sentence for a person. */
  description: string;
  conditions: NetworkConditions;
}

/**
 * What a request is about, as far as faults tell requests apart. The place of a chunk is read from its `Content-Range`;
 * the only chunk of an upload is its first and its last one.
 */
export const operations = [
  'simple',
  'register',
  'first-chunk',
  'middle-chunk',
  'last-chunk',
  'download',
  'link',
  'batch',
  'read',
] as const;

/** One of `operations`. */
export type Operation = (typeof operations)[number];

/** A fault that is switched on. */
export interface ActiveFault {
  name: string;
  /** How many more requests it will hit; `null`: until it is switched off. */
  remaining: number | null;
  /** The only requests that it hits. Default: all that it makes sense for. */
  at?: Operation;
}

/** A fault that can be switched on. `GET /control/faults` lists them. */
export interface FaultDescription {
  name: string;
  /** One sentence for a person: what happens to a request that it hits. */
  description: string;
  /** What it can hit, and so what it can be aimed at. */
  operations: readonly Operation[];
}

/**
 * Questions about the service that no source answers, and their possible answers; the first is what is assumed.
 * `docs/assumptions.md` tells them one by one.
 */
export const assumptionAnswers = {
  /** Assumed: a chunk that overlaps what was received is refused, and the upload stays as it was. */
  repeatedChunk: ['refuse', 'accept'],
  /** Assumed: `fileName` may be left out, as the specification says. */
  unnamedUpload: ['accept', 'refuse'],
  /** Assumed: the name that comes with the relation goes before that of the upload. */
  nameInRelation: ['kept', 'ignored'],
  /** Assumed: as in the captures, CORS hides `Retry-After` from a page. */
  retryAfterReadable: [false, true],
  /** Assumed: a patch may test the `url` of a relation, as a text. */
  relationUrlTest: ['allow', 'refuse'],
  /** Assumed: as somebody's extension does it, a batch is taken from one. Unless it is known, it is a 404. */
  batchFromExtension: ['taken', 'refused', 'unknown'],
  /** Assumed: as the documentation says, what fails in a batch does not keep the others from being done. */
  batchFailure: ['independent', 'all-or-nothing'],
  /** Assumed: 60 MB. Fixed on Services; on Server an administrator's, and sources contradict each other on its default. */
  largestFile: ['60 MB', '4 MB', '2 GB', 'any'],
} as const;

/** How the service answers them. `GET` and `PUT /control/assumptions`. */
export type Assumptions = {
  -readonly [Question in keyof typeof assumptionAnswers]: (typeof assumptionAnswers)[Question][number];
};

/**
 * One request at the REST origin, told twice: when its head has arrived (`status: null`) and when it is over.
 * `GET /control/requests` streams them as server-sent events named `request`.
 */
export interface RequestRecord {
  id: number;
  /** Milliseconds since the epoch. */
  startedAt: number;
  durationMs: number | null;
  method: string;
  /** Path and query. */
  url: string;
  /** `null` while it runs and when the connection was cut without an answer. */
  status: number | null;
  finished: boolean;
  /** The request's headers, lower case; the bearer token is replaced by `Bearer …`. */
  requestHeaders: Record<string, string>;
  requestBytes: number;
  responseBytes: number;
  /** The fault that hit it, if any. */
  fault: string | null;
  /** The `typeKey` and message of an error answer. */
  error: string | null;
}

/** Whose data an extension stores: everybody's in the organization, or the signed-in person's. */
export const extensionDataScopes = ['Default', 'User'] as const;

/** One of `extensionDataScopes`. */
export type ExtensionDataScope = (typeof extensionDataScopes)[number];

/** What an extension has stored. `/control/extension-data/{scope}/{collection}`, and below it by its id. */
export interface ExtensionDocument {
  id: string;
  /** Grows with every change; who writes must know it, or say -1. */
  __etag: number;
  [member: string]: unknown;
}

/** Answer when the extension's data cannot be had or written. */
export interface ExtensionDataRefusal {
  typeKey: string;
  message: string;
}
