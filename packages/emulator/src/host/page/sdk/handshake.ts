import type { Contribution, EmulatorConfig } from '../../../contract';
import type { Settings } from '../settings';
import { themes } from '../themes';

/** The contribution's id with publisher and extension, as the host asks for it first. */
export function fullIdOf({ extension }: EmulatorConfig, contribution: Contribution): string {
  return `${extension.publisherId}.${extension.extensionId}.${contribution.id}`;
}

/** Name of the contribution's group or tab. */
export function nameOfContribution({ id, properties }: Contribution): string {
  return typeof properties['name'] === 'string' ? properties['name'] : id;
}

/** Address of the contribution's page. */
export function pageUrlOf({ assetsBaseUrl }: EmulatorConfig, { properties }: Contribution): string {
  return new URL(String(properties['uri']), assetsBaseUrl).href;
}

/** For whom a handshake is. */
export interface Guest {
  contribution: Contribution;
  initialConfig: object;
}

/** Settings of the page with an influence on the handshake. */
export type HandshakeSettings = Pick<Settings, 'theme' | 'culture' | 'quirks'>;

/**
 * Answer to `initialHandshake`. Today's hosts give it in one form, pages of the old web platform in another, some of
 * them with the newer `context` beside (host reference 6.3).
 */
export function handshakeResult(
  config: EmulatorConfig,
  { contribution, initialConfig }: Guest,
  { theme, culture, quirks }: HandshakeSettings,
) {
  const contributionId = fullIdOf(config, contribution);
  const common = { initialConfig, ...(quirks.noThemeData ? {} : { themeData: themes[theme].data }) };
  const { user, host } = whoAndWhere(config);
  const people = quirks.noUser ? { host } : { user, host };
  if (quirks.handshake === 'current') {
    const extension = { id: extensionIdOf(config), ...extensionOf(config) };
    const context = { extension, pageContext: pageContext(config, culture, quirks), ...people };
    return { contributionId, context, ...common };
  }
  return {
    contribution: { id: contributionId },
    extensionContext: extensionOf(config),
    pageContext: pageContext(config, culture, quirks),
    ...(quirks.handshake === 'legacyWithContext' ? { context: people } : {}),
    ...common,
  };
}

function extensionIdOf({ extension }: EmulatorConfig): string {
  return `${extension.publisherId}.${extension.extensionId}`;
}

function extensionOf({ extension, assetsBaseUrl }: EmulatorConfig) {
  const { publisherId, extensionId, version } = extension;
  return { publisherId, extensionId, version, baseUri: assetsBaseUrl };
}

/** Work item forms commonly come without a team. */
function pageContext({ project }: EmulatorConfig, culture: string, { hasTeam }: HandshakeSettings['quirks']) {
  return {
    webContext: {
      project: { id: project.id, name: project.name },
      ...(hasTeam ? { team: { id: project.id, name: `${project.name} Team` } } : {}),
    },
    globalization: { ...(culture && { culture }), theme: 'default', timeZoneId: 'UTC', timezoneOffset: 0 },
    timeZonesConfiguration: { daylightSavingsAdjustments: [{ offset: 0, start: new Date(0) }] },
  };
}

function whoAndWhere({ mode, organization, user }: EmulatorConfig) {
  const { descriptor, id, name, displayName } = user;
  return {
    user: { descriptor, id, name, displayName, imageUrl: '' },
    host: {
      id: organization.id,
      name: organization.name,
      // Assumed: the version names of the service and the server.
      serviceVersion: mode === 'services' ? 'Dev19.M250.1' : 'Dev18.M170.6',
      type: 4,
      isHosted: mode === 'services',
    },
  };
}
