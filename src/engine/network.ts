import type { HttpStack } from '../azure/rest/http-stack';
import { createNodeHttpStack } from '../azure/rest/node-http-stack';
import type { BudgetedStack } from '../azure/rest/rate-budget';
import { watchRateBudget } from '../azure/rest/rate-budget';
import { allowedHosts, guardToken } from '../azure/rest/token-guard';
import type { Runtime } from '../base/runtime';

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
export function createNetwork({ organization, allowHttp, runtime }: NetworkOptions): Network {
  const version = typeof STAPLER_VERSION === 'undefined' ? '0' : STAPLER_VERSION;
  const stack = createNodeHttpStack({ version });
  const guarded = guardToken(stack, allowedHosts(organization, { allowHttp }));
  const budgeted = watchRateBudget(guarded, runtime);
  return { stack: budgeted, budget: budgeted.budget, close: stack.close };
}
