/** The embedded PostgreSQL cannot run. The message says why, and what to do. */
export class EmbeddedPostgresError extends Error {
  readonly code = 'EMBEDDED_POSTGRES';

  constructor(message: string) {
    super(message);
    this.name = 'EmbeddedPostgresError';
  }
}
