import { ApiError } from './api-error';
import { param, type RestContext, type RestRoute } from './rest-context';

/**
 * Data of extensions for clients outside of the page (host reference 9). On Services it has a host of its own,
 * `extmgmt.dev.azure.com`; on Server it is below the collection, as here. Assumed: the shape, which is that of the page.
 */
export function extensionManagementRoutes(context: RestContext): RestRoute[] {
  const scopes = '_apis/ExtensionManagement/InstalledExtensions/:publisher/:extension/Data/Scopes';
  return [
    {
      method: 'GET',
      path: `${scopes}/Default/Current/Collections/:collection/Documents/:document`,
      isPreviewOnly: true,
      handle(request) {
        if (context.store.assumptions.extensionDataByToken === 'refused') throw scopeMissing();
        const [collection = '', document = ''] = ['collection', 'document'].map((name) =>
          param(request, name),
        );
        return context.store.extensionData.read('Default', collection, document);
      },
    },
  ];
}

/** A token without the scope for extension data. Assumed: status and text. */
function scopeMissing(): ApiError {
  return new ApiError(
    403,
    'UnauthorizedRequestException',
    'The token does not have the scope vso.extension.data.',
  );
}
