import { change, type Change } from './change.ts';

interface Described {
  readonly description?: string | null;
  readonly deprecationReason?: string | null;
}

/** The changes of what people read: descriptions and deprecations. */
export function diffMetadata(path: string, base: Described, head: Described): Change[] {
  return [
    ...diffDescription(path, base, head),
    ...diffDeprecation(path, base.deprecationReason ?? null, head.deprecationReason ?? null),
  ];
}

function diffDescription(path: string, base: Described, head: Described): Change[] {
  const [before, after] = [base.description ?? '', head.description ?? ''];
  if (before === after) return [];
  const done = before === '' ? 'is given' : after === '' ? 'is taken away' : 'changes';
  return [change('description-changed', path, `The description of \`${path}\` ${done}.`)];
}

function diffDeprecation(path: string, before: string | null, after: string | null): Change[] {
  if (before === after) return [];
  if (before === null) {
    return [change('deprecated', path, `\`${path}\` is deprecated: ${after}`)];
  }
  if (after === null) return [change('undeprecated', path, `\`${path}\` is no longer deprecated.`)];
  return [
    change(
      'deprecation-reason-changed',
      path,
      `The reason why \`${path}\` is deprecated changes to: ${after}`,
    ),
  ];
}
