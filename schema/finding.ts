/** How much a finding matters: an error fails the check, a warning does not, information is to be known. */
export type Severity = 'error' | 'warning' | 'info';

/** A place in a file, counted from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** An operation that a finding is about, with the client that sends it. */
export interface AffectedOperation {
  readonly name: string;
  readonly client: string;
  /** The versions of the client that sent it, where they were recorded. */
  readonly versions?: readonly string[];
  /** How often it was sent in the recorded time; missing where only its text is known. */
  readonly count?: number;
  /** When it was sent last in the recorded time, in ISO 8601. */
  readonly lastSeen?: string;
  /** The file or manifest that it stands in. */
  readonly source?: string;
}

/** What a check has to say about one thing. */
export interface Finding {
  /** The code of the rule, as `npm run schema -- explain <code>` takes it. */
  readonly rule: string;
  readonly severity: Severity;
  /** What is so, in one sentence. */
  readonly message: string;
  /** What to do about it. */
  readonly mend?: string;
  /** The schema coordinate that it is about, such as `Product.name` or `Query.products(first:)`. */
  readonly path?: string;
  readonly at?: Place;
  readonly subgraph?: string;
  readonly operations?: readonly AffectedOperation[];
}
