import type { Host } from '../../azure/host/host';
import { loadModule } from '../../base/load-module';
import type { PagePolicy } from '../../upload/rules/policy/hidden-parts';
import type { Policy } from '../../upload/rules/policy/policy';
import type { PolicySource } from '../../upload/rules/policy/policy-source';

/** Creates the policy of the project around this frame. Its code is loaded with the first read. */
export function createPagePolicy(host: Pick<Host, 'getOrganization'>): PagePolicy {
  let policy: Policy | undefined;
  let source: Promise<PolicySource> | undefined;
  return {
    isHidden: (part) => policy?.hiddenParts.has(part) ?? false,
    async read() {
      try {
        source ??= loadModule(() => import(/* webpackChunkName: "page-policy" */ './open-page-policy')).then(
          ({ openPagePolicy }) => openPagePolicy(host),
        );
        const reading = await (await source).read();
        policy = reading.policy;
        return reading;
      } catch {
        source = undefined;
        return { policy: undefined, problem: 'unavailable' };
      }
    },
  };
}
