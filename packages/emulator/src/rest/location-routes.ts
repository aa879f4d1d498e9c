import { nextMinor } from './api-version';
import { jamal, organization } from './fabrikam';
import { identityJson } from './render';
import type { RestContext, RestRoute } from './rest-context';
import { ApiError } from './api-error';
import { param } from './rest-context';

interface Location {
  readonly id: string;
  readonly area: string;
  readonly resourceName: string;
  readonly routeTemplate: string;
  readonly resourceVersion: number;
}

const witTemplate = '{project}/_apis/{area}/{resource}';
const ofWorkItem = '{project}/_apis/{area}/workItems/{id}/{resource}';

/** Location ids as the official clients name them (REST reference H). */
const locations: readonly Location[] = [
  wit('e07b5fa4-1499-494d-a496-64b860fd64ff', 'attachments', `${witTemplate}/{id}`, 4),
  wit('72c7ddf8-2cdc-4f60-90cd-ab71c14a399b', 'workItems', `${witTemplate}/{id}`, 3),
  wit('62d3d110-0047-428c-ad3c-4fe872c91c74', 'workItems', `${witTemplate}/\${type}`, 3),
  wit('908509b6-4248-4475-a1cd-829139ba419f', 'workItemsBatch', witTemplate, 1),
  wit('a02355f5-5f8a-4671-8e32-369d23aac83d', 'wiql', '{project}/{team}/_apis/{area}/{resource}/{id}', 2),
  wit(
    '608aac0a-32e1-4493-a863-b9cf4566d257',
    'comments',
    '{project}/_apis/{area}/workItems/{workItemId}/{resource}/{commentId}',
    4,
  ),
  wit('b51fd764-e5c2-4b9b-aaf7-3395cf4bdd94', 'fields', `${witTemplate}/{fieldNameOrRefName}`, 3),
  wit('6570bf97-d02c-4a91-8d93-3abe9895b1a9', 'updates', `${ofWorkItem}/{updateNumber}`, 3),
  wit('a00c85a5-80fa-4565-99c3-bcd2181434bb', 'revisions', `${ofWorkItem}/{revisionNumber}`, 3),
  {
    id: 'e81700f7-3be2-46de-8624-2eb35882fcaa',
    area: 'Location',
    resourceName: 'ResourceAreas',
    routeTemplate: '_apis/{resource}/{areaId}',
    resourceVersion: 1,
  },
  {
    id: '00d9565f-ed9c-4a06-9a50-00e7896ccab4',
    area: 'Location',
    resourceName: 'ConnectionData',
    routeTemplate: '_apis/{resource}',
    resourceVersion: 1,
  },
];

/** Areas as the location service names them (host reference 6.4). */
const resourceAreas = [
  { id: '5264459e-e5e0-4bd8-b118-0985e68a4ec5', name: 'wit' },
  { id: '79134c72-4a58-4b42-976c-04e7115f32bf', name: 'core' },
  { id: '6c2b0933-3600-42ae-bf8b-93d4f7e83594', name: 'ExtensionManagement' },
];

/** Routes for the discovery of resources and their versions (REST reference H). */
export function locationRoutes(context: RestContext): RestRoute[] {
  return [
    { method: 'OPTIONS', path: '_apis', handle: () => collection(locations.map(versions)) },
    {
      method: 'OPTIONS',
      path: '_apis/:area',
      handle: (request) => locationsOf(param(request, 'area') ?? ''),
    },
    { method: 'GET', path: '_apis/resourceAreas', handle: () => collection(resourceAreas.map(area)) },
    {
      method: 'GET',
      path: '_apis/resourceAreas/:id',
      handle: (request) => oneArea(param(request, 'id') ?? ''),
    },
    { method: 'GET', path: '_apis/connectionData', handle: connectionData },
  ];

  function locationsOf(area: string) {
    const inArea = locations.filter((entry) => entry.area.toLowerCase() === area.toLowerCase());
    return collection(inArea.map(versions));
  }

  function versions(entry: Location) {
    const latest = context.store.latestApiVersion;
    const maxVersion = nextMinor(Number(latest)).toFixed(1);
    return { ...entry, minVersion: '1.0', maxVersion, releasedVersion: latest };
  }

  function area(entry: { id: string; name: string }) {
    return { ...entry, locationUrl: context.baseUrl };
  }

  function oneArea(id: string) {
    const entry = resourceAreas.find((candidate) => candidate.id === id.toLowerCase());
    if (entry === undefined)
      throw new ApiError(404, 'VssResourceNotFoundException', `The resource area ${id} is not known.`);
    return area(entry);
  }

  function connectionData() {
    const user = {
      ...identityJson(jamal, context.baseUrl),
      providerDisplayName: jamal.displayName,
      subjectDescriptor: jamal.descriptor,
      isActive: true,
    };
    return {
      authenticatedUser: user,
      authorizedUser: user,
      instanceId: organization.id,
      deploymentType: context.store.mode === 'services' ? 'hosted' : 'onPremises',
      locationServiceData: {
        serviceOwner: '00025394-6065-48ca-87d9-7f5672854ef7',
        defaultAccessMappingMoniker: 'PublicAccessMapping',
      },
    };
  }
}

function collection<T>(value: readonly T[]) {
  return { count: value.length, value };
}

function wit(id: string, resourceName: string, routeTemplate: string, resourceVersion: number): Location {
  return { id, area: 'wit', resourceName, routeTemplate, resourceVersion };
}
