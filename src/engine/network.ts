import type { HttpStack } from '../azure/rest/http-stack';
import { createNodeHttpStack } from '../azure/rest/node-http-stack';
import type { BudgetedStack } from '../azure/rest/rate-budget';
import { watchRateBudget } from '../azure/rest/rate-budget';
import type { AllowsToken } from '../azure/rest/token-guard';
import { allowedHosts, guardToken } from '../azure/rest/token-guard';
import type { Runtime } from '../base/runtime';
import { isBelowUrl } from './texts/other-organization';

/** Replaced by the build. */
declare const STAPLER_VERSION: string | undefined;

/** Version of the package; `0` without a build. */
export const VERSION = typeof STAPLER_VERSION === 'undefined' ? '0' : STAPLER_VERSION;

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
export function createNetwork({ organization, allowHttp, runtime }: NetworkOptions): Network {
  return createGuarded(allowedHosts(organization, { allowHttp }), runtime);
}

/**
 * Opens the network to another organization, for its own token: it is sent to addresses below `url` only, and never over
 * plain http.
 */
export function createOtherNetwork(url: string, runtime: Runtime): Network {
  const allowsToken = allowedHosts(url, { allowHttp: false });
  return createGuarded((text) => allowsToken(text) && isBelowUrl(text, url), runtime);
}

function createGuarded(allowsToken: AllowsToken, runtime: Runtime): Network {
  const { close, ...stack } = createNodeHttpStack({ version: VERSION });
  const budgeted = watchRateBudget(guardToken(stack, allowsToken), runtime);
  return { stack: budgeted, budget: budgeted.budget, close };
}
