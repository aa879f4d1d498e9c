import type { HttpStack } from '../azure/rest/http-stack';
import { createNodeHttpStack } from '../azure/rest/node-http-stack';
import type { AllowsToken } from '../azure/rest/token-guard';
import { allowedHosts, guardToken } from '../azure/rest/token-guard';
import { isBelowUrl } from './texts/other-organization';

/** Replaced by the build. */
declare const STAPLER_VERSION: string | undefined;

/** Network of one command. */
export interface Network {
  readonly stack: HttpStack;
  readonly budget: BudgetedStack['budget'];
  readonly close: () => Promise<void>;
}

/** Options of `createNetwork`. */
export interface NetworkOptions {
  /** Base URL of the organization or collection. */
  readonly organization: string;
  /** Whether its host may get the token without encryption. */
  readonly allowHttp: boolean;
  readonly runtime: Runtime;
}

/** Opens the network of a command. The token is sent to the organization only. */
export function createNetwork({ organization, allowHttp }: NetworkOptions): Network {
  return createGuarded(allowedHosts(organization, { allowHttp }));
}

/**
 * Opens the network to another organization, for its own token: it is sent to addresses below `url` only, and never over
 * plain http.
 */
export function createOtherNetwork(url: string): Network {
  const allowsToken = allowedHosts(url, { allowHttp: false });
  return createGuarded((text) => allowsToken(text) && isBelowUrl(text, url));
}

function createGuarded(allowsToken: AllowsToken): Network {
  const version = typeof STAPLER_VERSION === 'undefined' ? '0' : STAPLER_VERSION;
  const stack = createNodeHttpStack({ version });
  return { stack: guardToken(stack, allowsToken), close: stack.close };
}
