import type { Contribution, StandInConfig } from '../../../contract';
import type { ThemeData } from '../themes';

/** The contribution's id with publisher and extension, as the host asks for it first. */
export function fullIdOf({ extension }: StandInConfig, contribution: Contribution): string {
  return `${extension.publisherId}.${extension.extensionId}.${contribution.id}`;
}

/** The name that a person reads on the contribution's group or tab. */
export function nameOfContribution({ id, properties }: Contribution): string {
  return typeof properties['name'] === 'string' ? properties['name'] : id;
}

/** Where the contribution's page is served. */
export function pageUrlOf({ assetsBaseUrl }: StandInConfig, { properties }: Contribution): string {
  return new URL(String(properties['uri']), assetsBaseUrl).href;
}

/** Answer to `initialHandshake` in the form that today's hosts give; pages of the old web platform give another. */
export function handshakeResult(
  config: StandInConfig,
  contribution: Contribution,
  instanceId: string,
  themeData: ThemeData,
) {
  const { extension, organization, project, user } = config;
  return {
    contributionId: fullIdOf(config, contribution),
    context: {
      extension: {
        id: `${extension.publisherId}.${extension.extensionId}`,
        publisherId: extension.publisherId,
        extensionId: extension.extensionId,
        version: extension.version,
        baseUri: config.assetsBaseUrl,
      },
      pageContext: {
        // There is no `team`: work item forms commonly come without.
        webContext: { project: { id: project.id, name: project.name } },
        globalization: { culture: 'en-US', theme: 'default', timeZoneId: 'UTC', timezoneOffset: 0 },
        timeZonesConfiguration: { daylightSavingsAdjustments: [{ offset: 0, start: new Date(0) }] },
      },
      user: {
        descriptor: user.descriptor,
        id: user.id,
        name: user.name,
        displayName: user.displayName,
        imageUrl: '',
      },
      host: {
        id: organization.id,
        name: organization.name,
        // Assumed: what the service and the server call their version.
        serviceVersion: config.mode === 'services' ? 'Dev19.M250.1' : 'Dev18.M170.6',
        type: 4,
        isHosted: config.mode === 'services',
      },
    },
    initialConfig: { instanceId },
    themeData,
  };
}
