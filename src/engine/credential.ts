/** Proof of identity for Azure DevOps. */
export interface Credential {
  /** `basic`: a personal access token. `bearer`: a token of Microsoft Entra or of a pipeline. */
  readonly scheme: 'basic' | 'bearer';
  readonly token: string;
}

/** Returns the `Authorization` header for a credential. A personal access token is the password of an empty user name. */
export function authorizationOf({ scheme, token }: Credential): string {
  return scheme === 'bearer' ? `Bearer ${token}` : `Basic ${Buffer.from(`:${token}`).toString('base64')}`;
}

/** Three parts of base64url, the first of them the start of a JSON object. */
const JSON_WEB_TOKEN = /^eyJ[\w-]*\.[\w-]+\.[\w-]*$/;

/** Returns the credential for a token of unknown kind: a JSON Web Token is sent as it is, any other in Basic form. */
export function credentialOf(token: string): Credential {
  return { scheme: JSON_WEB_TOKEN.test(token) ? 'bearer' : 'basic', token };
}
