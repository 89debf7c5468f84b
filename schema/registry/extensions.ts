import { usagePart } from '#schema/usage-collector/registry-part.ts';
import type { RegistryConfig } from './config.ts';
import type { RegistryExtension } from './extension.ts';

/** What the process of the registry serves beside the registry, in the order in which routes are added. */
export const extensionsOf = ({
  USAGE_KEPT_DAYS,
}: Pick<RegistryConfig, 'USAGE_KEPT_DAYS'>): readonly RegistryExtension[] => [
  usagePart(USAGE_KEPT_DAYS),
];
