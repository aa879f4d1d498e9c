import type { EmulatorConfig } from '../../../contract';
import { downloadAttachment, openAttachment } from '../attachments';
import type { Layout } from '../extensions/layout';
import type { Board } from '../form/board';
import { bannerLevels, type Messages } from '../messages';
import type { RestClient } from '../rest';
import { workItemIdIn, workItemPath } from '../routing';
import type { SettingsStore } from '../settings';
import type { WorkItem } from '../work-item';
import { createExtensionDataService } from './extension-data-service';
import { createFormService } from './form-service';
import { createLayoutService } from './layout-service';

/** Dependencies of the services. */
export interface ServiceEnvironment {
  config: EmulatorConfig;
  rest: RestClient;
  board: Board;
  messages: Messages;
  settings: SettingsStore;
  layout: Layout;
}

const extensionDataService = 'ms.vss-features.extension-data-service';
const formNavigationService = 'ms.vss-work-web.work-item-form-navigation-service';
const layoutService = 'ms.vss-features.host-page-layout-service';

/** Services of a frame for `SDK.getService`, by id. Unknown ones are refused and logged. */
export function createServices(around: ServiceEnvironment, frameId: string) {
  const quirks = () => around.settings.state.quirks;
  const isInvisible = () => quirks().dialogsFromForm === 'invisible' && around.board.state.forms.length > 0;
  const services: Record<string, object> = {
    'ms.vss-work-web.work-item-form': createFormService(around.board, around.rest, quirks, frameId),
    [formNavigationService]: createFormNavigationService(around),
    'ms.vss-features.location-service': createLocationService(around),
    [extensionDataService]: createExtensionDataService(around.config),
    [layoutService]: createLayoutService(around.layout, isInvisible),
    'ms.vss-features.host-navigation-service': createNavigationService(around),
    'ms.vss-tfs-web.tfs-global-messages-service': createMessagesService(around),
    'ms.vss-tfs-web.tfs-page-data-service': { getProject: () => around.config.project },
  };
  return {
    getService(id: string): object {
      const service = services[id];
      const { noExtensionData, noPanels, formNavigation } = quirks();
      const isMissing =
        (noExtensionData && id === extensionDataService) ||
        (noPanels && id === layoutService) ||
        (formNavigation === 'missing' && id === formNavigationService);
      if (service && !isMissing) return service;
      if (!service) console.warn(`The emulator does not play the service ${id}.`);
      throw new Error(`The service ${id} is not available.`);
    },
  };
}

function createFormNavigationService({ board, config }: ServiceEnvironment) {
  const activeItem = (): WorkItem | undefined => board.state.forms.at(-1)?.item;
  return {
    /**
     * Assumed: if the page shows the work item beside the list, the promise does not wait for its closing.
     */
    openWorkItem: async (id: number, inNewTab?: boolean) => {
      if (inNewTab) {
        window.open(workItemPath(config, id), '_blank');
        return null;
      }
      await board.open(id);
      return activeItem();
    },
    openNewWorkItem: async (type: string, values?: Record<string, unknown>) => {
      await board.openNew(type, values);
      return activeItem();
    },
  };
}

function createLocationService({ config, settings }: ServiceEnvironment) {
  const baseUrl = (): string => {
    const { noTrailingSlash, restAddress } = settings.state.quirks;
    const url = restAddress === 'http' ? config.restBaseUrl.replace(/^https:/, 'http:') : config.restBaseUrl;
    return noTrailingSlash ? url.replace(/\/$/, '') : url;
  };
  return {
    /** One service plays all areas, as on a server. */
    getResourceAreaLocation: baseUrl,
    getServiceLocation: baseUrl,
  };
}

function createNavigationService({ config, rest, messages }: ServiceEnvironment) {
  return {
    openNewWindow: (url: string, features?: string) => {
      if (!url.startsWith(config.restBaseUrl)) {
        window.open(url, '_blank', features);
        return;
      }
      // On a real host, the pages have the origin of the REST service.
      const workItemId = workItemIdIn(new URL(url));
      if (workItemId !== undefined) {
        window.open(workItemPath(config, workItemId), '_blank', features);
        return;
      }
      // The real service knows the person by a cookie; the emulator's knows tokens only.
      const { searchParams } = new URL(url);
      const name = searchParams.get('fileName') ?? 'attachment';
      const open = searchParams.get('download') === 'true' ? downloadAttachment : openAttachment;
      open(rest, url, name).catch(messages.showError);
    },
    reload: () => window.location.reload(),
    navigate: (url: string) => window.location.assign(url),
    getHash: () => window.location.hash.slice(1),
    setHash: (hash: string) => {
      window.location.hash = hash;
    },
    replaceHash: (hash: string) => window.history.replaceState(window.history.state, '', `#${hash}`),
    getQueryParams: () => Object.fromEntries(new URLSearchParams(window.location.search)),
    setDocumentTitle: (title: string) => {
      document.title = title;
    },
  };
}

interface ToastOptions {
  message: string;
  duration?: number;
  callToAction?: string;
  onCallToActionClick?: () => void;
}

interface BannerOptions {
  level?: number;
  message?: string;
  messageFormat?: string;
  dismissable?: boolean;
}

function createMessagesService({ messages }: ServiceEnvironment) {
  return {
    addToast: ({ message, duration, callToAction, onCallToActionClick }: ToastOptions) => {
      const action =
        callToAction !== undefined && onCallToActionClick
          ? { action: { label: callToAction, run: onCallToActionClick } }
          : {};
      messages.addToast({ text: message, ...action }, duration);
    },
    addBanner: ({ level = 0, message, messageFormat, dismissable = true }: BannerOptions) =>
      messages.showBanner({
        level: bannerLevels[level] ?? 'info',
        text: message ?? messageFormat ?? '',
        dismissable,
      }),
    closeBanner: () => messages.closeBanner(),
  };
}
