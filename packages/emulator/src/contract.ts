/**
 * Messages between the parts of the emulator: the REST origin, the host page and the tests. The host page
 * uses `/control/…` on its own origin; the shapes below are its JSON.
 */

/** Edition to emulate: the cloud service, or a server on premises. */
export type EmulatorMode = 'services' | 'server';

/**
 * Frames of a server on premises, the default first. A server sandboxes frames from its own origin only, and it
 * serves them from its configured address, whatever the address of the page (host reference 5.1).
 *
 * - `sandboxed`: the origin is `null`.
 * - `other-origin`: no sandbox; the address of frames and REST service differs from that of the page.
 * - `plain-http`: the same with a REST service of its own, at a name that is no secure context.
 */
export const serverFrames = ['sandboxed', 'other-origin', 'plain-http'] as const;

/** One of `serverFrames`. */
export type ServerFrames = (typeof serverFrames)[number];

/**
 * Sites of Services, the default first. Browsers partition the storage of a cross-site frame and treat its cookies as
 * third-party.
 *
 * - `cross-site`: page, REST service and frames have a site each, as dev.azure.com and gallerycdn.vsassets.io do.
 * - `same-site`: three ports of 127.0.0.1.
 */
export const sites = ['cross-site', 'same-site'] as const;

/** One of `sites`. */
export type Sites = (typeof sites)[number];

/** How the emulator is started. Ports default to free ones. */
export interface EmulatorOptions {
  mode?: EmulatorMode;
  /** Frames in Server mode. Default: `sandboxed`. */
  serverFrames?: ServerFrames;
  /** Sites of Services. Default: `cross-site`. */
  sites?: Sites;
  /** Whether to use the address `::1`. Default: if this computer has it. */
  hasIPv6?: boolean;
  hostPort?: number;
  restPort?: number;
  assetsPort?: number;
  /** Folder with `vss-extension.json` and its built pages. */
  extensionFolder: string;
  /** Folder of the built host page. Default: `dist` of this package. */
  hostFolder?: string;
  /** Folder for work items and files. Default: a temporary one, removed when the emulator closes. */
  dataFolder?: string;
  /** Number of work items in addition to the seeded ones, unless the data folder holds some. Default: 0. */
  items?: number;
  /** Number of generated attachments of these work items, up to 40 for each. Default: 0. */
  files?: number;
  /** Units in any five minutes, as the rate limit of a user. Default: no limit. */
  rateLimit?: number;
  /** How long a bearer token is accepted, in milliseconds. Default: one hour. */
  tokenLifetimeMs?: number;
  /** Key and certificate, as PEM: all origins use https. Default: http. */
  certificate?: { readonly key: string; readonly cert: string };
  /** Lets open pages reload after each build. Default: false. */
  watch?: boolean;
  /** Line above the page for a first-time user. Default: none. */
  hint?: string;
}

/** Configuration of the host page. Answer of `GET /control/config`. */
export interface EmulatorConfig {
  mode: EmulatorMode;
  /** Whether extension pages are in a sandbox. */
  isSandboxed: boolean;
  /** Whether `GET /control/builds` tells of new builds. */
  watch: boolean;
  /** Line above the page, if any. */
  hint?: string;
  /** Base of the REST service, ending in a slash: `http://127.0.0.1:4801/fabrikam/` or `…/tfs/DefaultCollection/`. */
  restBaseUrl: string;
  /** Base of the extension's assets, ending in a slash; a contribution's `uri` is resolved against it. */
  assetsBaseUrl: string;
  organization: { id: string; name: string };
  project: { id: string; name: string };
  user: { id: string; name: string; displayName: string; descriptor: string };
  /** Every work item there is, in ascending order. */
  workItemIds: number[];
  /** Work items with read access only. */
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

/** Network conditions of the REST origin. `GET` and `PUT /control/network`. */
export interface NetworkConditions {
  /** Added before each answer, in milliseconds. */
  latencyMs: number;
  /** Cap on received bytes over all requests together, in bytes per second; `null` for none. */
  bytesPerSecond: number | null;
  /** Active faults; the first match affects a request. */
  faults: ActiveFault[];
  /**
   * Random faults for requests without a matching fault; `null` for none. Spares the requests of the host
   * page.
   */
  trouble: Trouble | null;
}

/** Random faults, in the same order for the same seed. */
export interface Trouble {
  /** Share of affected requests, from 0 to 1. */
  rate: number;
  /** A whole number. The order of decisions begins anew whenever the network is set. */
  seed: number;
  /** Names of the faults. Default: the transient ones. */
  faults?: string[];
}

/** Named network conditions. `GET /control/scenarios` lists them. */
export interface Scenario {
  name: string;
  /** One sentence for a person. */
  description: string;
  conditions: NetworkConditions;
}

/**
 * Kind of a request, as a target of faults. The place of a chunk is read from its `Content-Range`; the only
 * chunk of an upload is both the first and the last one.
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

/** Active fault. */
export interface ActiveFault {
  name: string;
  /** How many more requests it will hit; `null`: until it is switched off. */
  remaining: number | null;
  /** Affected kinds of requests. Default: all that the fault supports. */
  at?: Operation;
}

/** Available fault. `GET /control/faults` lists them. */
export interface FaultDescription {
  name: string;
  /** Effect on a request, in one sentence for people. */
  description: string;
  /** Kinds of requests that it supports. */
  operations: readonly Operation[];
}

/**
 * Open questions about the service with their possible answers, the default first. `docs/assumptions.md`
 * describes each one.
 */
export const assumptionAnswers = {
  /** Assumed: a chunk that overlaps received bytes is refused, and the upload does not change. */
  repeatedChunk: ['refuse', 'accept'],
  /** Assumed: `fileName` may be left out, as the specification says. */
  unnamedUpload: ['accept', 'refuse'],
  /** Assumed: the name in the relation takes precedence over the name of the upload. */
  nameInRelation: ['kept', 'ignored'],
  /** Assumed, after a published extension: a patch can change the name of a relation. */
  nameChange: ['made', 'ignored', 'refused'],
  /** Assumed: the preflight allows every requested header. */
  contentRangeInPreflight: ['allowed', 'refused'],
  /** Assumed: as in the captures, CORS hides `Retry-After` from a page. */
  retryAfterReadable: [false, true],
  /** Assumed: a patch may test the `url` of a relation, as a text. */
  relationUrlTest: ['allow', 'refuse'],
  /**
   * Assumed: batches from extensions are accepted; the only published extension with batches gave them up.
   * `hidden` answers 401 without CORS headers, `html 404` and `html 405` with the page of a proxy.
   */
  batchFromExtension: ['taken', 'refused', 'unknown', 'hidden', 'html 404', 'html 405'],
  /** Assumed, as documented: a failed request of a batch does not affect the others. */
  batchFailure: ['independent', 'all-or-nothing'],
  /**
   * Observed: without the header of Microsoft's clients, an expired sign-in is redirected to another origin, which a
   * page sees as a network error.
   */
  expiredSignIn: ['redirected', 'refused'],
  /** Assumed: an upload needs no project; extensions send none, the form always does. */
  uploadWithoutProject: ['accepted', 'refused'],
  /**
   * Assumed: a download ignores `Range`. `part` answers 206; `refused` also leaves the header out of the preflight, so
   * that a page sees a network error.
   */
  downloadRange: ['whole', 'part', 'refused'],
  /** Assumed: 60 MB. Fixed on Services; on Server an administrator's, and sources contradict each other on its default. */
  largestFile: ['60 MB', '4 MB', '2 GB', 'any'],
  /**
   * Documented: answers have `multilineFieldsFormat` from version 7.2 on. Observed by others: in 7.1, too; `from 7.2` is
   * the stricter answer.
   */
  textFormats: ['from 7.2', 'always'],
  /**
   * Documented: an attachment is gone for good 28 days after its removal. Assumed, as the stricter answer: a new link in
   * the meantime does not save it.
   */
  relinkStopsPurge: ['no', 'yes'],
  /**
   * Documented for one work item only. Assumed: an attachment is kept as long as any work item has it. `no`: it is gone
   * 28 days after the first removal, although another work item still has it.
   */
  secondLinkStopsPurge: ['yes', 'no'],
  /** Observed: pictures in texts have no relation and are still there after years. Assumed: also after a removal. */
  inlineAloneIsPurged: ['no', 'yes'],
  /** Assumed: attaching and removing files makes a revision, so it moves `System.ChangedDate` as any other change. */
  filesMoveChangedDate: ['yes', 'no'],
  /**
   * Observed: `$top` returns the first matches; clients page so, with a number below the limit. Assumed: also if there
   * are more matches than the limit allows.
   */
  topOfManyResults: ['cut', 'refused'],
  /** Assumed: a query on `System.AttachedFileCount` knows each change at once. `later`: after 10 s. */
  fileCountInQueries: ['at once', 'later'],
  /** Assumed: a token without the scope for extension data is refused with 403. */
  extensionDataByToken: ['read', 'refused'],
} as const;

/** How the service answers them. `GET` and `PUT /control/assumptions`. */
export type Assumptions = {
  -readonly [Question in keyof typeof assumptionAnswers]: (typeof assumptionAnswers)[Question][number];
};

/** Clock of the data. `GET /control/clock`; `POST` moves it forward, by `{ days }`. */
export interface ClockState {
  /** How far it was moved, in days. */
  daysAhead: number;
  /** Its ISO time. */
  now: string;
}

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
  /** Fault that affected it, if any. */
  fault: string | null;
  /** The `typeKey` and message of an error answer. */
  error: string | null;
}

/** Scope of extension data: the organization, or the signed-in user. */
export const extensionDataScopes = ['Default', 'User'] as const;

/** One of `extensionDataScopes`. */
export type ExtensionDataScope = (typeof extensionDataScopes)[number];

/** Stored document of an extension, at `/control/extension-data/{scope}/{collection}/{id}`. */
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
