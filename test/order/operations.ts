const ANSWER = `__typename ... on OrderPayload { order { id status } } ... on Problem { message }
  ... on IllegalTransition { status }`;
const step = (name: string, input: string) =>
  `mutation ($input: ${input}!) { result: ${name}(input: $input) { ${ANSWER} } }`;

// What is done with an order, each with its answer as `result`.
export const PLACE = `mutation ($input: PlaceOrderInput!) { result: placeOrder(input: $input) {
  __typename ... on OrderPayload { order { id status } } ... on Problem { message } } }`;
export const CONFIRM = step('confirmOrder', 'ConfirmOrderInput');
export const PAY = step('payOrder', 'PayOrderInput');
export const SHIP = step('shipOrder', 'ShipOrderInput');
export const DELIVER = step('deliverOrder', 'DeliverOrderInput');
export const CANCEL = step('cancelOrder', 'CancelOrderInput');
export const RETURN = step('returnOrder', 'ReturnOrderInput');
