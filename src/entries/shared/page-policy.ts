import type { Host } from '../../azure/host/host';
import { loadModule } from '../../base/load-module';
import type { PolicyReading, PolicySource } from '../../upload/rules/policy/policy-source';

const loadPolicy = () => import(/* webpackChunkName: "page-policy" */ './open-page-policy');

/** Creates the policy of the project around this frame. Its code is loaded with the first read. */
export function createPagePolicy(host: Pick<Host, 'getOrganization'>): PolicySource {
  let source: Promise<PolicySource> | undefined;

  async function read(): Promise<PolicyReading> {
    try {
      source ??= loadModule(loadPolicy).then(({ openPagePolicy }) => openPagePolicy(host));
      return await (await source).read();
    } catch {
      source = undefined;
      return { policy: undefined, problem: 'unavailable' };
    }
  }

  return { read };
}
