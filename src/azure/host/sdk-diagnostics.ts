import * as SDK from 'azure-devops-extension-sdk';
import type { DiagnosticFacts } from '../../base/diagnostics';

/** Returns facts about version, host and browser. Those of the host are missing before it has answered. */
export function readHostFacts(): DiagnosticFacts {
  return {
    ...readSdkFacts(),
    browser: navigator.userAgent,
    language: document.documentElement.lang,
    frame: window.origin === 'null' ? 'sandboxed' : 'own origin',
    isSecureContext: window.isSecureContext,
    isOnline: navigator.onLine,
  };
}

/** Whether the host is Azure DevOps Server. It says so itself (host reference 6.3); `false` if it has not answered. */
export function isOnServer(): boolean {
  try {
    return (SDK.getHost() as Partial<SDK.IHostContext>).isHosted === false;
  } catch {
    return false;
  }
}

function readSdkFacts(): DiagnosticFacts {
  try {
    const { version } = SDK.getExtensionContext();
    // Servers omit members of this type (host reference 6.3).
    const { serviceVersion } = SDK.getHost() as Partial<SDK.IHostContext>;
    return { version, mode: isOnServer() ? 'Server' : 'Services', serviceVersion };
  } catch {
    return { version: 'unknown: the host has not answered' };
  }
}
