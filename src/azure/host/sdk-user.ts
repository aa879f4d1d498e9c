import * as SDK from 'azure-devops-extension-sdk';

/** Returns the displayed name of the signed-in user, available after `connect`; empty if unknown. */
export function readUserName(): string {
  try {
    const { displayName, name } = SDK.getUser() as { displayName?: unknown; name?: unknown };
    return [displayName, name].find((one): one is string => typeof one === 'string' && one !== '') ?? '';
  } catch {
    // Before the handshake, and on hosts without a user.
    return '';
  }
}
