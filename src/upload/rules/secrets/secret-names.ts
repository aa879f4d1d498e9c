/** Headers with cookies, credentials or tokens. */
const HEADERS =
  /^(?:set-)?cookie2?$|authorization$|token|api-?key|secret|password|^x-ms-client-principal|-signature$/i;

/** Parameters of an address or a form with credentials or tokens. */
const PARAMETERS = /token|api-?_?key|secret|passw|pwd|^sig$|signature|^assertion$|^code$/i;

/** Whether a header with this name carries a cookie, a credential or a token. */
export function isSecretHeader(name: string): boolean {
  return HEADERS.test(name);
}

/** Whether a parameter with this name carries a credential or a token. */
export function isSecretParameter(name: string): boolean {
  return PARAMETERS.test(name);
}
