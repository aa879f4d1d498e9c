import type { Runtime } from '../../../base/runtime';
import { sleep } from '../../../base/sleep';
import type { Tab } from './tab';

/** Returns the signature of a text. */
export type Signer = (text: string) => string;

/** Settings of the user, readable by this extension only. */
export interface Settings {
  readonly readSetting: (key: string) => Promise<string | undefined>;
  readonly writeSetting: (key: string, value: string) => void;
}

const KEY_SETTING = 'handover-key';

/** Interval of reads after a key has been written. */
const READ_INTERVAL_MS = 100;

/** Reads before the host counts as unable to store a key. */
const MAX_READS = 30;

/**
 * Returns the signer of this tab, or `undefined` if no frame can be trusted. If extensions have origins of their own,
 * the browser authenticates messages, and signatures are empty. In Azure DevOps Server all extensions have the origin
 * `null` (host reference 5.1); the key comes from the extension's data, unreadable for others.
 */
export async function loadSigner(tab: Tab, { readSetting }: Settings): Promise<Signer | undefined> {
  if (tab.origin !== 'null') return () => '';
  const key = await readSetting(KEY_SETTING);
  return key ? await createSigner(key).catch(() => undefined) : undefined;
}

/** Loads the hash on demand. `crypto.subtle` is missing on servers with plain HTTP. */
async function createSigner(key: string): Promise<Signer> {
  const { createHMAC, createSHA256 } = await import(/* webpackChunkName: "hash" */ 'hash-wasm');
  const hmac = await createHMAC(createSHA256(), key);
  return (text) => hmac.init().update(text).digest('hex');
}

/**
 * Creates the key, if one is needed and missing. Called by observers, the fewest frames of a tab. Resolves once the
 * host has stored it, or cannot.
 */
export async function ensureKey(tab: Tab, settings: Settings, runtime: Runtime): Promise<void> {
  if (tab.origin !== 'null' || (await settings.readSetting(KEY_SETTING))) return;
  settings.writeSetting(KEY_SETTING, tab.secret());
  for (let reads = 0; reads < MAX_READS; reads++) {
    await sleep(runtime, READ_INTERVAL_MS);
    if (await settings.readSetting(KEY_SETTING)) return;
  }
}
