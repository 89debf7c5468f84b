/** The graph's names for the names of fields in the monolith's requests. What is not here has the same name. */
const NAMES: Readonly<Record<string, string>> = {
  full_name: 'displayName',
  lang: 'locale',
  tel: 'phone',
  current_password: 'currentPassword',
  new_password: 'newPassword',
  refresh_token: 'refreshToken',
  product_id: 'productId',
  product_name: 'name',
  descr: 'description',
  unit_price: 'price.amount',
  currency: 'price.currency',
  category_id: 'categoryId',
  attrs: 'attributes',
  parent_id: 'parentId',
  cat_name: 'name',
  sort_no: 'position',
  warehouse_id: 'warehouseId',
  qty: 'quantity',
  note: 'reason',
  order_id: 'orderId',
  expires_in: 'expiresInSeconds',
  idem_key: 'idempotencyKey',
  ship_to: 'shippingAddress',
  ship_name: 'name',
  ship_addr1: 'line1',
  ship_addr2: 'line2',
  ship_city: 'city',
  ship_state: 'region',
  ship_zip: 'postalCode',
  ship_country: 'country',
  addr1: 'line1',
  addr2: 'line2',
  state: 'region',
  zip: 'postalCode',
  payment_token: 'paymentToken',
  tracking_no: 'trackingNumber',
  file_name: 'filename',
  mime_type: 'contentType',
  size_bytes: 'byteSize',
  resume_id: 'resumeId',
  job_desc: 'jobDescription',
};

/** Attributes are pairs in the monolith: `attrs.2.0` is a name and `attrs.2.1` a value. */
const ATTRIBUTE = /^attrs\.(\d+)\.([01])$/;

/** The path in `input` of a field that the monolith refused: `items.0.qty` gives `items.0.quantity`. */
export function inputPath(field: string): string {
  const attribute = ATTRIBUTE.exec(field);
  if (attribute) return `attributes.${attribute[1]}.${attribute[2] === '0' ? 'name' : 'value'}`;
  return field
    .split('.')
    .map((name) => NAMES[name] ?? name)
    .join('.');
}
