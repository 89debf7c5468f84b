/**
 * What goes between the gateway and a planning worker, as lines of JSON.
 */

/** The gateway asks. One request at a time: the next only after the reply. */
export type WorkerRequest =
  | { readonly kind: 'load'; readonly sdl: string }
  | { readonly kind: 'plan'; readonly text: string; readonly operationName: string | null }
  | { readonly kind: 'unload' }
  /** Answers `label`. null: it is not decided, so the planning shall end. */
  | { readonly kind: 'state'; readonly isOn: boolean | null };

/** The worker replies to `load` and `plan`; before that it asks for the state of labels, one by one. */
export type WorkerReply =
  | { readonly kind: 'loaded'; readonly parts: SupergraphParts }
  | { readonly kind: 'planned'; readonly plan: PlanText }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'label'; readonly label: string };

/** What the gateway is told of a supergraph. */
export interface SupergraphParts {
  /** What clients see, as SDL. */
  readonly apiSdl: string;
  readonly subgraphs: readonly { readonly name: string; readonly url: string }[];
  /** The labels of its `@override` directives, in alphabetical order. */
  readonly labels: readonly string[];
}

/** A plan as it comes from the worker. */
export interface PlanText {
  /** A query plan of `@apollo/query-planner` as JSON. */
  readonly json: string;
  /** Equal for equal plans, different for all others. */
  readonly digest: string;
}
