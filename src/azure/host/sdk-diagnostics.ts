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

function readSdkFacts(): DiagnosticFacts {
  try {
    const { version } = SDK.getExtensionContext();
    // Servers omit members of this type (host reference 6.3).
    const { isHosted, serviceVersion } = SDK.getHost() as Partial<SDK.IHostContext>;
    return { version, mode: isHosted === false ? 'Server' : 'Services', serviceVersion };
  } catch {
    return { version: 'unknown: the host has not answered' };
  }
}
