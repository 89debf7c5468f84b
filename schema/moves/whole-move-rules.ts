import { Kind, parse, type SelectionSetNode } from 'graphql';
import { compare } from '#schema/compare.ts';
import type { Finding } from '#schema/finding.ts';
import { placeOf } from '#schema/compose/coordinates.ts';
import {
  schemaElements,
  stringArgument,
  type SchemaElement,
} from '#schema/compose/schema-elements.ts';
import type { MovedField, Sides } from './moved-fields.ts';
import type { LabelProgress, MoveFacts } from './moves-report.ts';

const ROOTS = ['Query', 'Mutation', 'Subscription'];

/** A type that is no entity cannot be fetched in parts: all its fields move, and with one label. */
export function splitTypeFindings(sides: Sides): Finding[] {
  const byType = Map.groupBy(
    sides.fields,
    ({ element, type }) => `${element.subgraph.name} ${type}`,
  );
  return [...byType.values()].flatMap((fields): Finding[] => {
    const [first] = fields;
    if (!first || ROOTS.includes(first.type)) return [];
    const subgraph = first.element.subgraph.name;
    if (sides.isEntity(subgraph, first.type)) return [];
    const labels = new Set(fields.map(({ label }) => label));
    const moved = new Set(fields.map(({ path }) => path));
    const left = [...sides.below(subgraph, first.type).values()].filter(
      ({ path }) => !moved.has(path),
    );
    if (labels.size === 1 && left.length === 0) return [];
    const at = placeOf(first.node);
    return [
      {
        rule: 'type-moves-in-parts',
        severity: 'error',
        path: first.type,
        message:
          labels.size > 1
            ? `\`${first.type}\` is no entity, and its fields move with the labels ${[...labels].join(', ')}.`
            : `\`${first.type}\` is no entity, and ${left.map(({ path }) => `\`${path}\``).join(', ')} does not move with it.`,
        mend: 'Give the type a @key, mark it @shareable on both sides, or move all its fields with one label.',
        ...(at ? { at } : {}),
        subgraph,
      },
    ];
  });
}

/** A field that moves cannot be required by another: whether that can be fetched is decided without labels. */
export function requiredFieldFindings(sides: Sides): Finding[] {
  const moved = new Map(sides.fields.map((field) => [field.path, field]));
  return schemaElements(sides.subgraphs).flatMap((element) => {
    const requires = element.directives.find(({ name }) => name === '@requires')?.node;
    const text = requires && stringArgument(requires, 'fields');
    if (text === undefined) return [];
    return selectedPaths(text, element, sides)
      .map((path) => moved.get(path))
      .filter((field) => field !== undefined && field.label !== null)
      .map((field): Finding => {
        const at = placeOf(element.node);
        return {
          rule: 'moved-field-required',
          severity: 'error',
          path: element.path,
          message: `\`${element.path}\` requires \`${field?.path}\`, which moves with the label "${field?.label}".`,
          mend: 'Fetch it in the resolver, or require it when the move is over.',
          ...(at ? { at } : {}),
          subgraph: element.subgraph.name,
        };
      });
  });
}

function selectedPaths(text: string, { holder, subgraph }: SchemaElement, sides: Sides): string[] {
  const [definition] = parse(`{ ${text} }`).definitions;
  const paths: string[] = [];
  const visit = (set: SelectionSetNode, type: string): void => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        visit(selection.selectionSet, selection.typeCondition?.name.value ?? type);
      }
      if (selection.kind !== Kind.FIELD) continue;
      const path = `${type}.${selection.name.value}`;
      paths.push(path);
      const node = sides.at(subgraph.name, path)?.node;
      if (!selection.selectionSet || node?.kind !== Kind.FIELD_DEFINITION) continue;
      let gives = node.type;
      while (gives.kind !== Kind.NAMED_TYPE) gives = gives.type;
      visit(selection.selectionSet, gives.name.value);
    }
  };
  if (definition?.kind === Kind.OPERATION_DEFINITION) visit(definition.selectionSet, holder);
  return paths;
}

/** How far each label is, and which overrides have done their work. */
export function labelProgress(sides: Sides, { sealed, stages }: MoveFacts): LabelProgress[] {
  const byLabel = Map.groupBy(sides.fields, ({ label }) => label ?? '');
  return [...byLabel]
    .filter(([name]) => name !== '')
    .map(([name, fields]): LabelProgress => {
      const isSealed = sealed.includes(name);
      const isDone = ({ from, path }: MovedField): boolean => isSealed || !sides.at(from, path);
      return {
        name,
        subgraph: fields[0]?.element.subgraph.name ?? '',
        stage: stages?.get(name) ?? (isSealed ? 'sealed' : null),
        fields: fields.map(({ path }) => path).sort(),
        removable: fields
          .filter(isDone)
          .map(({ path }) => path)
          .sort(),
      };
    })
    .sort((a, b) => compare(a.name, b.name));
}

/** That the overrides of a sealed move can go. */
export function removableFindings(labels: readonly LabelProgress[], facts: MoveFacts): Finding[] {
  return labels
    .filter(({ name }) => facts.sealed.includes(name))
    .map(({ name, removable, subgraph }) => ({
      rule: 'override-removable',
      severity: 'info',
      path: name,
      message: `The move ${name} is sealed: ${removable.length} fields of ${subgraph} need no @override any more.`,
      mend: 'Take the fields out of the old side, serve that, then take @override away.',
      subgraph,
    }));
}

/** What stays where others move away from: fields that nothing overrides and no other subgraph answers. */
export function remainingFields(sides: Sides): string[] {
  const left = new Set(sides.fields.map(({ from }) => from));
  const moved = new Set(sides.fields.map(({ path }) => path));
  return sides.subgraphs
    .filter(({ name }) => left.has(name))
    .flatMap(({ name }) => {
      const others = sides.subgraphs.filter((other) => other.name !== name);
      return [...sides.below(name, '').values()]
        .filter(({ node }) => node.kind === Kind.OBJECT_TYPE_DEFINITION)
        .flatMap(({ path }) => [...sides.below(name, path).values()])
        .filter(
          ({ path }) => !moved.has(path) && !others.some((other) => sides.at(other.name, path)),
        )
        .map(({ path }) => path);
    })
    .sort();
}
