/** An answer that is no JSON at all, which a client must be ready for (REST reference F.1). */
export interface Page {
  readonly status: number;
  readonly html: string;
}

/** What comes instead of a 401 when there is no token: status 203 and about 16 KB of HTML (REST reference C). */
export const signInPage: Page = { status: 203, html: page('Azure DevOps Services | Sign In', 16_384) };

/** What a proxy in between may answer. */
export const proxyPage: Page = { status: 200, html: page('Please confirm that you are online', 1_024) };

function page(title: string, bytes: number): string {
  const head = `<!DOCTYPE html>\n<html lang="en"><head><title>${title}</title></head><body><h1>${title}</h1>\n<!--`;
  const tail = '--></body></html>\n';
  return head + ' '.repeat(Math.max(0, bytes - head.length - tail.length)) + tail;
}
