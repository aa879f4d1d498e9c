import * as SDK from 'azure-devops-extension-sdk';

/** `publisher.extension`, from the manifest (webpack.config.js). */
declare const EXTENSION_ID: string;

/**
 * Introduces this frame to the host, which calls the methods of `object` from then on.
 *
 * Resolves when the host has answered, however late that is; a host that never answers leaves it pending.
 *
 * @param contributionIds Short ids of the contributions that this page is, as in the manifest.
 */
export async function connectAs(contributionIds: readonly string[], object: object): Promise<void> {
  // The host asks for the full id and for the short one, and may do so as soon as it has answered; whatever is
  // registered later can be missed, and then nothing is ever called (host reference 1.3).
  for (const id of contributionIds) {
    SDK.register(id, object);
    SDK.register(`${EXTENSION_ID}.${id}`, object);
  }
  await SDK.init({ loaded: false });
  try {
    SDK.register(SDK.getContributionId(), object);
  } catch {
    // A host that does not tell the id has two of ours to ask for.
  }
}

/** Tells the host that the frame may be shown. */
export function notifyLoaded(): void {
  SDK.notifyLoadSucceeded().catch(() => undefined);
}

/** `de-DE`: what the person reads the host's pages in, once the host has answered; `undefined` where it does not say. */
export function getCulture(): string | undefined {
  try {
    // Members that the type promises may be missing (host reference 6.3).
    const { globalization } = SDK.getPageContext() as { globalization?: { culture?: unknown } };
    return typeof globalization?.culture === 'string' ? globalization.culture : undefined;
  } catch {
    return undefined;
  }
}
