import * as SDK from 'azure-devops-extension-sdk';

/** `publisher.extension`, from the manifest (webpack.config.js). */
declare const EXTENSION_ID: string;

/**
 * Registers this frame with the host; from then on, the host calls the methods of `object`.
 *
 * Resolves when the host responds; stays pending if it never does.
 *
 * @param contributionIds Short ids of this page's contributions, as in the manifest.
 */
export async function connectAs(contributionIds: readonly string[], object: object): Promise<void> {
  // The host asks for the full id and the short one, possibly right after its response. An object registered later
  // may never be called (host reference 1.3).
  for (const id of contributionIds) {
    SDK.register(id, object);
    SDK.register(`${EXTENSION_ID}.${id}`, object);
  }
  await SDK.init({ loaded: false });
  try {
    SDK.register(SDK.getContributionId(), object);
  } catch {
    // Without an id from the host, the two above must do.
  }
}

/** Tells the host to show the frame. */
export function notifyLoaded(): void {
  SDK.notifyLoadSucceeded().catch(() => undefined);
}

/** Language of the host's pages, such as `de-DE`, available after `connectAs`; `undefined` if unknown. */
export function getCulture(): string | undefined {
  try {
    // Members of this type may be missing (host reference 6.3).
    const { globalization } = SDK.getPageContext() as { globalization?: { culture?: unknown } };
    return typeof globalization?.culture === 'string' ? globalization.culture : undefined;
  } catch {
    return undefined;
  }
}
