import { createHMAC, createSHA256 } from 'hash-wasm';
import type { Surroundings } from '../model/surroundings';
import type { Tab } from './tab';

/** What shows that a text comes from a frame of Stapler and was not changed. */
export type Seal = (text: string) => string;

/** Where the seal comes from. */
export interface Seals {
  /** `undefined` where there is none: then nobody can be trusted. */
  readonly get: () => Promise<Seal | undefined>;
  /** Looks again, since somebody may have changed it. */
  readonly renew: () => Promise<Seal | undefined>;
}

/** Settings of this user that only this extension can read. */
export interface Settings {
  readonly readSetting: (key: string) => Promise<string | undefined>;
  readonly writeSetting: (key: string, value: string) => void;
}

const KEY_SETTING = 'handover-key';

/** How long a new key is left alone before it is read back, in milliseconds; another frame may write one as well. */
const WRITE_MS = 1_000;

/**
 * The seal for frames of this tab. Where the frames of an extension have an origin of their own, the browser itself
 * vouches for it, and the seal is empty. In Azure DevOps Server every frame of every extension has the origin `null`
 * (host reference 5.1); there it takes a key from the extension's data, which others cannot read.
 */
export function createSeals(tab: Tab, settings: Settings, later: Surroundings['later']): Seals {
  if (tab.origin !== 'null') {
    const seal = Promise.resolve(() => '');
    return { get: () => seal, renew: () => seal };
  }

  async function readKey(): Promise<string | undefined> {
    const key = await settings.readSetting(KEY_SETTING);
    if (key) return key;
    settings.writeSetting(KEY_SETTING, tab.secret());
    await new Promise<void>((resolve) => later(WRITE_MS, resolve));
    return settings.readSetting(KEY_SETTING);
  }

  async function readSeal(): Promise<Seal | undefined> {
    const key = await readKey();
    if (!key) return undefined;
    // `crypto.subtle` is missing where Azure DevOps Server is reached by plain HTTP.
    const hmac = await createHMAC(createSHA256(), key);
    return (text) => hmac.init().update(text).digest('hex');
  }

  let known: Promise<Seal | undefined> | undefined;
  const renew = (): Promise<Seal | undefined> => (known = readSeal());
  return { get: () => known ?? renew(), renew };
}
