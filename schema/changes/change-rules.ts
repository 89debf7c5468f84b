/** What a change means for those who use the schema as it is now. */
export type Criticality = 'breaking' | 'dangerous' | 'safe';

/** A kind of change. */
export interface ChangeRule {
  readonly criticality: Criticality;
  /** Why it is that critical. */
  readonly reason: string;
  /** How to get there without harm; only where there is some. */
  readonly mend?: string;
}

const KEEP_DEPRECATED =
  'Keep it with @deprecated(reason:) until `npm run schema -- usage` shows that nobody uses it.';
const OPTIONAL_FIRST = 'Make it nullable or give it a default; require it in the resolver, later.';
const CLIENT_CODE = 'Client code may have no branch for it: tell clients before it is served.';

/**
 * Every kind of change, by its code. Criticality hangs on the code alone: where the same edit is harmless in one
 * place and not in another, it has two codes. `breaking` holds what the GraphQL specification and its reference
 * implementation call breaking (`findBreakingChanges`), and what they overlook.
 */
export const CHANGE_RULES = {
  'type-removed': {
    criticality: 'breaking',
    reason: 'Operations that name the type, or select something of it, are refused.',
    mend: KEEP_DEPRECATED,
  },
  'type-kind-changed': {
    criticality: 'breaking',
    reason: 'Selections and values of one kind of type do not fit another kind.',
    mend: 'Add a new type beside it, and deprecate the fields that give the old one.',
  },
  'root-operation-removed': {
    criticality: 'breaking',
    reason: 'Every operation of this kind is refused.',
    mend: 'Deprecate each of its fields first.',
  },
  'root-type-renamed': {
    criticality: 'breaking',
    reason:
      'Fragments on the old name are refused, and caches of clients know the root by its name.',
    mend: 'Keep the name.',
  },
  'interface-removed': {
    criticality: 'breaking',
    reason:
      'Fragments on the interface no longer match the type, and fields of it no longer take it.',
    mend: 'Keep implementing it, with its fields deprecated.',
  },
  'union-member-removed': {
    criticality: 'breaking',
    reason: 'Fragments on the type are refused where the union is selected.',
    mend: 'Keep the member in the schema, and stop returning it.',
  },
  'enum-value-removed': {
    criticality: 'breaking',
    reason:
      'Operations that send the value are refused; code that was generated with it does not compile.',
    mend: KEEP_DEPRECATED,
  },
  'field-removed': {
    criticality: 'breaking',
    reason: 'Operations that select the field are refused.',
    mend: KEEP_DEPRECATED,
  },
  'field-type-changed': {
    criticality: 'breaking',
    reason: 'Clients get a value that they are not prepared for, or select what no longer exists.',
    mend: 'Add a field of the new type beside it, and deprecate this one.',
  },
  'argument-removed': {
    criticality: 'breaking',
    reason: 'Operations that give the argument are refused.',
    mend: 'Keep it with @deprecated(reason:), and ignore it.',
  },
  'required-argument-added': {
    criticality: 'breaking',
    reason: 'Operations that select the field do not give the argument, and are refused.',
    mend: OPTIONAL_FIRST,
  },
  'argument-type-changed': {
    criticality: 'breaking',
    reason: 'Values and variables of the old type are refused.',
    mend: 'Add an argument of the new type beside it, and deprecate this one.',
  },
  'argument-became-required': {
    criticality: 'breaking',
    reason: 'It had a default that operations relied on by not giving it.',
    mend: 'Keep the default.',
  },
  'input-field-removed': {
    criticality: 'breaking',
    reason: 'Inputs that have the field are refused.',
    mend: 'Keep it with @deprecated(reason:), and ignore it.',
  },
  'required-input-field-added': {
    criticality: 'breaking',
    reason: 'Inputs that clients send now do not have it, and are refused.',
    mend: OPTIONAL_FIRST,
  },
  'input-field-type-changed': {
    criticality: 'breaking',
    reason: 'Values of the old type are refused.',
    mend: 'Add a field of the new type beside it, and deprecate this one.',
  },
  'input-field-became-required': {
    criticality: 'breaking',
    reason: 'It had a default that inputs relied on by not giving it.',
    mend: 'Keep the default.',
  },
  'input-became-one-of': {
    criticality: 'breaking',
    reason: 'Inputs with none, or more than one, of the fields are refused.',
    mend: 'Add a new input type with @oneOf, and an argument that takes it.',
  },
  'directive-removed': {
    criticality: 'breaking',
    reason: 'Operations that carry the directive are refused.',
    mend: 'Keep the definition until no operation carries it.',
  },
  'directive-argument-removed': {
    criticality: 'breaking',
    reason: 'Operations that give the argument are refused.',
    mend: 'Keep it, and ignore it.',
  },
  'required-directive-argument-added': {
    criticality: 'breaking',
    reason: 'Operations that carry the directive do not give it, and are refused.',
    mend: OPTIONAL_FIRST,
  },
  'directive-argument-type-changed': {
    criticality: 'breaking',
    reason: 'Values and variables of the old type are refused.',
    mend: 'Add an argument of the new type beside it.',
  },
  'directive-argument-became-required': {
    criticality: 'breaking',
    reason: 'It had a default that operations relied on by not giving it.',
    mend: 'Keep the default.',
  },
  'directive-location-removed': {
    criticality: 'breaking',
    reason: 'Operations that carry the directive there are refused.',
    mend: 'Keep the location until no operation uses it.',
  },
  'directive-not-repeatable': {
    criticality: 'breaking',
    reason: 'Operations that carry the directive twice in one place are refused.',
    mend: 'Keep it repeatable.',
  },
  'interface-added': {
    criticality: 'dangerous',
    reason: 'Fragments on the interface, and fields that give it, may now meet this type.',
    mend: CLIENT_CODE,
  },
  'union-member-added': {
    criticality: 'dangerous',
    reason: 'Clients may get a member that they do not know.',
    mend: CLIENT_CODE,
  },
  'enum-value-added': {
    criticality: 'dangerous',
    reason: 'Clients may get a value that they do not know.',
    mend: CLIENT_CODE,
  },
  'argument-default-changed': {
    criticality: 'dangerous',
    reason: 'Operations that do not give the argument may be answered differently.',
    mend: 'Keep the default, or add another argument.',
  },
  'input-field-default-changed': {
    criticality: 'dangerous',
    reason: 'Inputs without the field may be understood differently.',
    mend: 'Keep the default, or add another field.',
  },
  'directive-argument-default-changed': {
    criticality: 'dangerous',
    reason: 'Operations that do not give the argument may be executed differently.',
    mend: 'Keep the default.',
  },
  'scalar-specification-changed': {
    criticality: 'dangerous',
    reason: 'Values of the scalar may be written differently from now on.',
    mend: 'Add a new scalar where the format changes.',
  },
  'type-added': { criticality: 'safe', reason: 'No operation can have named it.' },
  'unreachable-type-removed': {
    criticality: 'safe',
    reason: 'No field or argument led to it, so no valid operation can have named it.',
  },
  'root-operation-added': { criticality: 'safe', reason: 'No operation of this kind was valid.' },
  'input-enum-value-added': {
    criticality: 'safe',
    reason: 'The enum is only ever sent by clients: none can get the value.',
  },
  'field-added': { criticality: 'safe', reason: 'Clients get what they select only.' },
  'field-type-narrowed': {
    criticality: 'safe',
    reason: 'Every value of the new type is one of the old type.',
  },
  'optional-argument-added': {
    criticality: 'safe',
    reason: 'Operations that do not give it stay valid.',
  },
  'argument-type-widened': {
    criticality: 'safe',
    reason: 'Every value of the old type is one of the new type.',
  },
  'optional-input-field-added': {
    criticality: 'safe',
    reason: 'Inputs without it stay valid.',
  },
  'input-field-type-widened': {
    criticality: 'safe',
    reason: 'Every value of the old type is one of the new type.',
  },
  'input-no-longer-one-of': {
    criticality: 'safe',
    reason: 'Inputs with exactly one of the fields stay valid.',
  },
  'directive-added': { criticality: 'safe', reason: 'No operation can have carried it.' },
  'type-system-directive-changed': {
    criticality: 'safe',
    reason: 'Operations cannot carry it: it stands in schemas only.',
  },
  'optional-directive-argument-added': {
    criticality: 'safe',
    reason: 'Operations that do not give it stay valid.',
  },
  'directive-argument-type-widened': {
    criticality: 'safe',
    reason: 'Every value of the old type is one of the new type.',
  },
  'directive-location-added': { criticality: 'safe', reason: 'It was not allowed there before.' },
  'directive-repeatable': { criticality: 'safe', reason: 'Carrying it once stays valid.' },
  deprecated: { criticality: 'safe', reason: 'It can be used as before; tools warn of it.' },
  undeprecated: { criticality: 'safe', reason: 'It can be used as before.' },
  'deprecation-reason-changed': { criticality: 'safe', reason: 'It can be used as before.' },
  'description-changed': { criticality: 'safe', reason: 'Descriptions are for people.' },
} as const satisfies Record<string, ChangeRule>;

export type ChangeCode = keyof typeof CHANGE_RULES;
