import type { Host } from '../../azure/host/host';
import { ORGANIZATION_SCOPE } from '../../azure/host/sdk-data';
import { createSdkDocuments } from '../../azure/host/sdk-documents';
import { readProject } from '../../azure/host/sdk-project';
import { createPolicySource } from '../../upload/rules/policy/create-policy-source';
import { POLICY_COLLECTION } from '../../upload/rules/policy/policy-document';
import type { PolicySource } from '../../upload/rules/policy/policy-source';
import { createBrowserPolicyStorage } from '../../upload/rules/policy/policy-storage';

/** Opens the policy of the project around this frame. */
export function openPagePolicy(host: Pick<Host, 'getOrganization'>): PolicySource {
  return createPolicySource({
    documents: createSdkDocuments(POLICY_COLLECTION, ORGANIZATION_SCOPE),
    project: readProject,
    storage: createBrowserPolicyStorage(host.getOrganization),
  });
}
