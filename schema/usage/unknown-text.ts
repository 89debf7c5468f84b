/** What to know where traffic was recorded of which nobody knows the operation. */
export function unknownText(requests: number): string {
  return `${requests.toLocaleString('en')} requests were counted of which nobody knows the operation: what seems unused may be used.`;
}
