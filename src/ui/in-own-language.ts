import type { Host } from '../host/host';
import { HOST_PATIENCE_MS } from '../host/time-out';
import { LANGUAGE_PATIENCE_MS, loadInTime } from '../i18n/load-in-time';
import { loadLanguage } from '../i18n/load-language';

/**
 * The same host, which is connected once its person's language is known: no work item is shown in one language first
 * and in another then. What the form tells in the meantime comes after that, in its order. Of a host that says nothing for
 * long, that is said in the browser's language.
 */
export function inOwnLanguage<H extends Pick<Host, 'connect' | 'getCulture'>>(host: H): H {
  return {
    ...host,
    async connect(onFormEvent) {
      let ready: () => void = () => undefined;
      const isReady = new Promise<void>((resolve) => (ready = resolve));
      const silence = setTimeout(() => void loadLanguage(undefined), HOST_PATIENCE_MS - LANGUAGE_PATIENCE_MS);
      await host.connect((event) => void isReady.then(() => onFormEvent(event)));
      clearTimeout(silence);
      await loadInTime(host.getCulture());
      ready();
    },
  };
}
