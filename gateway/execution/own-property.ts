const PLAIN = {};

/** Whether every object has a property of this name, so that reading it from an answer needs care. */
export function isInherited(name: string): boolean {
  return name in PLAIN;
}

/** A property that the object itself has. */
export function ownValue(object: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Sets a property of the object itself, whatever its name: plainly set, `__proto__` would change the prototype. */
export function setOwn(object: Record<string, unknown>, name: string, value: unknown): void {
  if (isInherited(name) && !Object.hasOwn(object, name)) {
    Object.defineProperty(object, name, {
      value,
      configurable: true,
      enumerable: true,
      writable: true,
    });
  } else {
    object[name] = value;
  }
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
