/** Where an error is: `service:<subgraph>`, then the names of the path without its indices. */
export type ErrorPath = readonly string[];

/** Errors, counted by their places. Its properties are those of `PathErrorStats` of the protocol. */
export class ErrorTree {
  readonly children: Record<string, ErrorTree> = Object.create(null) as Record<string, ErrorTree>;
  errorsCount = 0;
  requestsWithErrorsCount = 0;

  /**
   * Counts the errors of one request.
   *
   * @param room is asked before a place is added, with its name; false leaves the errors there out
   */
  add(paths: readonly ErrorPath[], room: (name: string) => boolean): void {
    const places = new Set<ErrorTree>();
    for (const path of paths) {
      const place = this.#at(path, room);
      if (!place) continue;
      place.errorsCount += 1;
      places.add(place);
    }
    for (const place of places) place.requestsWithErrorsCount += 1;
  }

  merge(other: ErrorTree, room: (name: string) => boolean): void {
    this.errorsCount += other.errorsCount;
    this.requestsWithErrorsCount += other.requestsWithErrorsCount;
    for (const [name, child] of Object.entries(other.children)) {
      this.#at([name], room)?.merge(child, room);
    }
  }

  #at(path: ErrorPath, room: (name: string) => boolean): ErrorTree | null {
    const [name, ...rest] = path;
    if (name === undefined) return this;
    const known = this.children[name];
    if (known) return known.#at(rest, room);
    if (!room(name)) return null;
    const made = new ErrorTree();
    this.children[name] = made;
    return made.#at(rest, room);
  }
}
