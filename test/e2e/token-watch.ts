import type { Page } from '@playwright/test';
import type { Emulator } from 'azure-devops-emulator';

/**
 * Watches a page with its frames and workers for leaked tokens: in requested or visited addresses, and in the console.
 * Tokens come from observed `Authorization` headers.
 *
 * @returns Getter of the findings so far: one sentence for each token, without the token.
 */
export function watchTokens(page: Page): () => readonly string[] {
  const tokens = new Set<string>();
  const told: { readonly where: string; readonly text: string }[] = [];
  page.on('request', (request) => {
    told.push({ where: `An address that was requested (${request.method()})`, text: request.url() });
    const token = tokenOf(request.headers()['authorization']);
    if (token) tokens.add(token);
  });
  page.on('framenavigated', (frame) => told.push({ where: 'The address of a page', text: frame.url() }));
  page.on('console', (message) => told.push({ where: 'The console', text: message.text() }));
  page.on('pageerror', ({ stack = '' }) => told.push({ where: 'An uncaught error', text: stack }));
  return () => {
    // One search over all texts for each token: there may be thousands of both.
    const all = told.map(({ text }) => text).join('\n');
    return [...tokens]
      .filter((token) => all.includes(token))
      .map(
        (token) => `${told.find(({ text }) => text.includes(token))?.where ?? 'Something'} holds a token.`,
      );
  };
}

function tokenOf(authorization = ''): string | undefined {
  return /^\w+ (\S+)$/.exec(authorization)?.[1];
}

/** Collects the tokens issued by the host from now on. */
export function noteTokens(emulator: Emulator): readonly string[] {
  const tokens: string[] = [];
  const issue = emulator.issueToken.bind(emulator);
  emulator.issueToken = () => {
    const token = issue();
    tokens.push(token);
    return token;
  };
  return tokens;
}
