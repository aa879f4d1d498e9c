/** An answer that is not what Azure DevOps sends, which a client must be ready for (REST reference F.1). */
export interface Page {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

const html = 'text/html; charset=utf-8';

/** What comes instead of a 401 when there is no token: status 203 and about 16 KB of HTML (REST reference C). */
export const signInPage: Page = {
  status: 203,
  contentType: html,
  body: largePage('Azure DevOps Services | Sign In', 16_384),
};

/** What a proxy in between may answer. */
export const proxyPage: Page = {
  status: 200,
  contentType: html,
  body: largePage('Please confirm that you are online', 1_024),
};

/** What a front end answers by itself. Assumed: the words, and that CORS lets a page read them. */
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

function smallPage(title: string): string {
  return `<html>\n<head><title>${title}</title></head>\n<body><center><h1>${title}</h1></center></body>\n</html>\n`;
}

function largePage(title: string, bytes: number): string {
  const head = `<!DOCTYPE html>\n<html lang="en"><head><title>${title}</title></head><body><h1>${title}</h1>\n<!--`;
  const tail = '--></body></html>\n';
  return head + ' '.repeat(Math.max(0, bytes - head.length - tail.length)) + tail;
}
