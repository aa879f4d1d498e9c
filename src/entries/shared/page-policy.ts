import type { Host } from '../../azure/host/host';
import { loadModule } from '../../base/load-module';
import type { PolicySource } from '../../upload/rules/policy/policy-source';

/** Creates the policy of the project around this frame. Its code is loaded with the first read. */
export function createPagePolicy(host: Pick<Host, 'getOrganization'>): PolicySource {
  let source: Promise<PolicySource> | undefined;
  return {
    async read() {
      try {
        source ??= loadModule(() => import(/* webpackChunkName: "page-policy" */ './open-page-policy')).then(
          ({ openPagePolicy }) => openPagePolicy(host),
        );
        return await (await source).read();
      } catch {
        source = undefined;
        return { policy: undefined, problem: 'unavailable' };
      }
    },
  };
}
