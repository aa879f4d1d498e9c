import { browserRuntime } from '../../base/runtime';
import { describePanelOff } from '../../upload/messages/switched-off';
import { readHiddenParts } from '../../upload/rules/policy/hidden-parts';
import { openPagePolicy } from '../shared/open-page-policy';

/** Resolves with the sentence for a panel that the project has switched off; `undefined` for one that opens. */
export async function reasonAgainstPanel(): Promise<string | undefined> {
  // The panel itself remembers the last policy.
  const policy = openPagePolicy({ getOrganization: () => '' });
  const hidden = await readHiddenParts(policy, browserRuntime);
  return hidden.has('bulkPanel') ? describePanelOff() : undefined;
}
