import type { RemovedMetadata, PictureFormat } from './metadata/cleaned';
import type { HarSecretKind } from './secrets/mask-har';
import type { SecretFinding } from './secrets/scan';

/** Treatment of metadata: `location` also removes thumbnails and trailing bytes, `all` all but orientation and colors. */
export type MetadataRule = 'location' | 'all' | 'keep';

/** Treatment of secrets: `warn` and `mask` let the file go, `block` does not, `off` looks for none. */
export type SecretsRule = 'warn' | 'mask' | 'block' | 'off';

/** Rules for files before their first byte leaves. */
export interface FileRules {
  readonly metadata: MetadataRule;
  readonly secrets: SecretsRule;
}

/** Values of the rules, the default first. */
export const METADATA_RULES = ['location', 'all', 'keep'] as const satisfies readonly MetadataRule[];
export const SECRETS_RULES = ['warn', 'mask', 'block', 'off'] as const satisfies readonly SecretsRule[];

/** Rules without a choice. */
export const DEFAULT_RULES: FileRules = { metadata: METADATA_RULES[0], secrets: SECRETS_RULES[0] };

/** Metadata of a file: what was removed, or why it is left as it is. A file without any has no result. */
export type MetadataResult =
  | { readonly kind: 'removed'; readonly format: PictureFormat; readonly removed: RemovedMetadata }
  /** `format`: no cleaner for it. `damaged`: a part of the file does not parse. */
  | { readonly kind: 'kept'; readonly format: PictureFormat; readonly reason: 'format' | 'damaged' };

/** Secrets in a file. A file without any has no result, nor has one that is no text. */
export type SecretsResult =
  | {
      readonly kind: 'found';
      /** The first ones, in order; none of a HAR. */
      readonly findings: readonly SecretFinding[];
      /** Number of all secrets. */
      readonly count: number;
      /** Of a HAR: replaced values. */
      readonly counts?: Readonly<Record<HarSecretKind, number>>;
      /** `masked`: asterisks are in their places. `refused`: by the rule, or because some cannot be masked. */
      readonly outcome: 'warned' | 'masked' | 'refused';
    }
  | { readonly kind: 'not-scanned'; readonly reason: 'too-large' | 'timeout' };

/** Result of the rules for a file. */
export interface Ruled {
  /** The file itself, unless it was changed. */
  readonly bytes: Blob;
  readonly metadata?: MetadataResult;
  readonly secrets?: SecretsResult;
}
