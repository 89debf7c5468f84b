import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT } from './image.ts';

export interface ComposeService {
  readonly image: string;
  readonly build?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly secrets?: readonly string[];
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly profiles?: readonly string[];
  readonly restart?: string;
  readonly deploy?: { readonly replicas?: number };
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: Readonly<
    Record<string, { readonly condition: string; readonly required?: boolean }>
  >;
}

export interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

/** Reads docker-compose.yml as Compose does. @param variables what the shell would give */
export function readCompose(variables: Record<string, string> = {}): ComposeFile {
  const text = readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8');
  return filled(parse(text, { merge: true }), variables) as ComposeFile;
}

/**
 * In texts, `$$` is a dollar sign, `${NAME:-value}` a variable with what it is when it is not set, and `${NAME:+value}`
 * what it is when it is set.
 */
function filled(value: unknown, variables: Record<string, string>): unknown {
  if (typeof value === 'string') {
    return value.replaceAll(/\$\$|\$\{(\w+)(?::([-+])([^}]*))?\}/g, (all, name, sign, other) => {
      if (all === '$$') return '$';
      const given = variables[String(name)] ?? '';
      const isOther = sign === '+' ? given !== '' : given === '';
      return isOther ? String(other ?? '') : sign === '+' ? '' : given;
    });
  }
  if (Array.isArray(value)) return value.map((item) => filled(item, variables));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, filled(item, variables)]),
  );
}

/** The services that run our image, by name. */
export function ourServices(file: ComposeFile): [string, ComposeService & Ours][] {
  return Object.entries(file.services).filter(
    (entry): entry is [string, ComposeService & Ours] => entry[1].build !== undefined,
  );
}

interface Ours {
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

const SECRET_MOUNT = '/run/secrets/';

/** Where a container would find its secrets. */
export function secretsUsed(service: ComposeService): string[] {
  return Object.values(service.environment ?? {})
    .filter((value) => value.startsWith(SECRET_MOUNT))
    .map((value) => value.slice(SECRET_MOUNT.length));
}

/** The environment of a container, with the secrets in a folder of this machine. */
export function environmentOf(service: Ours, secrets: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(service.environment).map(([name, value]) => [
      name,
      value.startsWith(SECRET_MOUNT) ? join(secrets, value.slice(SECRET_MOUNT.length)) : value,
    ]),
  );
}
