import type { Runtime } from '../../../base/runtime';
import { sleep } from '../../../base/sleep';
import type { Tab } from './tab';

/** What shows that a text comes from a frame of Stapler and was not changed. */
export type Signer = (text: string) => string;

/** Settings of this user that only this extension can read. */
export interface Settings {
  readonly readSetting: (key: string) => Promise<string | undefined>;
  readonly writeSetting: (key: string, value: string) => void;
}

const KEY_SETTING = 'handover-key';

/** Time between two looks for a key that was just made, in milliseconds. */
const LOOK_AGAIN_MS = 100;

/** After so many looks the host does not keep it. */
const MOST_LOOKS = 30;

/**
 * The seal for frames of this tab; `undefined` where there is none, and nobody can be trusted. Where the frames of an
 * extension have an origin of their own, the browser itself vouches for it, and the seal is empty. In Azure DevOps
 * Server every frame of every extension has the origin `null` (host reference 5.1); there it takes a key from the
 * extension's data, which others cannot read.
 */
export async function loadSigner(tab: Tab, { readSetting }: Settings): Promise<Signer | undefined> {
  if (tab.origin !== 'null') return () => '';
  const key = await readSetting(KEY_SETTING);
  return key ? await sealWith(key).catch(() => undefined) : undefined;
}

/** Loaded only where it is needed. `crypto.subtle` is missing where a server is reached by plain HTTP. */
async function sealWith(key: string): Promise<Signer> {
  const { createHMAC, createSHA256 } = await import(/* webpackChunkName: "hash" */ 'hash-wasm');
  const hmac = await createHMAC(createSHA256(), key);
  return (text) => hmac.init().update(text).digest('hex');
}

/**
 * Makes the key where one is needed and there is none. Observers do that, of which a tab has few. Resolves once it is
 * kept, or nobody can keep it.
 */
export async function ensureKey(tab: Tab, settings: Settings, runtime: Runtime): Promise<void> {
  if (tab.origin !== 'null' || (await settings.readSetting(KEY_SETTING))) return;
  settings.writeSetting(KEY_SETTING, tab.secret());
  for (let looks = 0; looks < MOST_LOOKS; looks++) {
    await sleep(runtime, LOOK_AGAIN_MS);
    if (await settings.readSetting(KEY_SETTING)) return;
  }
}
