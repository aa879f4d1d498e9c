/** Answer from outside Azure DevOps; clients must expect such answers (REST reference F.1). */
export interface Page {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

const html = 'text/html; charset=utf-8';

/** Sign-in page instead of a 401 without a token: status 203 and about 16 KB of HTML (REST reference C). */
export const signInPage: Page = {
  status: 203,
  contentType: html,
  body: largePage('Azure DevOps Services | Sign In', 16_384),
};

/** Page of a proxy. */
export const proxyPage: Page = {
  status: 200,
  contentType: html,
  body: largePage('Please confirm that you are online', 1_024),
};

/** Pages of a front end. Assumed: their words, and CORS headers for pages. */
export const frontEndPages = {
  timeOut: { status: 408, contentType: html, body: smallPage('408 Request Time-out') },
  tooLarge: { status: 413, contentType: html, body: smallPage('413 - Request Entity Too Large') },
  badGateway: { status: 502, contentType: html, body: smallPage('502 Bad Gateway') },
  gatewayTimeOut: {
    status: 504,
    contentType: 'application/json',
    body: JSON.stringify({
      error: { code: 'GatewayTimeout', message: 'The service did not answer in time.' },
    }),
  },
} satisfies Record<string, Page>;

/** Pages of a proxy or of IIS, in place of a route that they do not pass on. Assumed: their words. */
export const refusalPages = {
  'html 404': { status: 404, contentType: html, body: smallPage('404 - File or directory not found') },
  'html 405': { status: 405, contentType: html, body: smallPage('405 - HTTP verb not allowed') },
} satisfies Record<string, Page>;

/** IIS refuses a longer query, in characters, by default (`maxQueryString`). */
export const maxQueryLength = 2_048;

/** Page of IIS for a query that is too long: 404.15. Assumed: its words, and CORS headers for pages. */
export const queryTooLongPage: Page = {
  status: 404,
  contentType: html,
  body: smallPage('404 - The request filtering module denied a query string that is too long'),
};

function smallPage(title: string): string {
  return `<html>\n<head><title>${title}</title></head>\n<body><center><h1>${title}</h1></center></body>\n</html>\n`;
}

function largePage(title: string, bytes: number): string {
  const head = `<!DOCTYPE html>\n<html lang="en"><head><title>${title}</title></head><body><h1>${title}</h1>\n<!--`;
  const tail = '--></body></html>\n';
  return head + ' '.repeat(Math.max(0, bytes - head.length - tail.length)) + tail;
}
