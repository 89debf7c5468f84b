import {
  StandardResolutionReasons,
  TypeMismatchError,
  type EvaluationContext,
  type Provider,
  type ResolutionDetails,
} from '@openfeature/server-sdk';

/** A provider of OpenFeature for labels, which are booleans. @param isOn throws an OpenFeatureError where it cannot say */
export function booleanProvider(
  name: string,
  isOn: (label: string, context: EvaluationContext) => boolean,
): Provider {
  const refuse = async (label: string): Promise<never> => {
    throw new TypeMismatchError(
      `${label} is a label: it is on or off, so it is asked for as a boolean`,
    );
  };
  return {
    metadata: { name },
    runsOn: 'server',
    async resolveBooleanEvaluation(label, _fallback, context): Promise<ResolutionDetails<boolean>> {
      return {
        value: isOn(label, context),
        reason: StandardResolutionReasons.TARGETING_MATCH,
      };
    },
    resolveStringEvaluation: refuse,
    resolveNumberEvaluation: refuse,
    resolveObjectEvaluation: refuse,
  };
}
