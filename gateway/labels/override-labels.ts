import { joinIdentity, type Schema } from '@apollo/federation-internals';

/**
 * The labels of the `@override` directives of a supergraph. The directive that carries them is found by the
 * specification that it belongs to, not by its usual name `join__field`.
 */
export function overrideLabels(supergraph: Schema): ReadonlySet<string> {
  const name = supergraph.coreFeatures?.getByIdentity(joinIdentity)?.directiveNameInSchema('field');
  const applications = [...(supergraph.directive(name ?? 'join__field')?.applications() ?? [])];
  const labels = applications
    .map((application) => application.arguments()['overrideLabel'] as unknown)
    .filter((label) => typeof label === 'string');
  return new Set(labels.sort());
}
