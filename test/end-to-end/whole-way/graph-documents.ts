// What clients of the graph send. Each mutation has its result as `result`.

const PROBLEM = '... on Problem { message }';
const SESSION = `__typename ... on AuthSession { accessToken refreshToken user { id } } ${PROBLEM}`;
const ORDER_PARTS = 'id status total { amount } items { quantity product { id } }';
const RESUME_PARTS = 'id filename sha256 byteSize';
const CATEGORY_PARTS = 'id name slug';

/** A mutation of one root field with an argument `input`. */
const mutation = (name: string, input: string, selection: string) =>
  `mutation ($input: ${input}!) { result: ${name}(input: $input) { ${selection} } }`;
const payload = (selection: string) => `__typename ${selection} ${PROBLEM}`;

export const REGISTER = mutation('register', 'RegisterInput', SESSION);
export const LOGIN = mutation('login', 'LoginInput', SESSION);
export const REFRESH = mutation('refresh', 'RefreshInput', SESSION);
export const LOGOUT = mutation('logout', 'LogoutInput', 'loggedOut');
export const CHANGE_PASSWORD = mutation('changePassword', 'ChangePasswordInput', SESSION);
export const CHANGE_PROFILE = mutation(
  'updateProfile',
  'UpdateProfileInput',
  payload('... on UpdateProfileSuccess { user { id email displayName } }'),
);
export const DELETE_ACCOUNT = mutation(
  'deleteAccount',
  'DeleteAccountInput',
  payload('... on DeleteAccountPayload { deletedId }'),
);
export const ME = '{ me { id email displayName } }';

const categoryPayload = payload(`... on CategoryPayload { category { ${CATEGORY_PARTS} } }`);
export const CREATE_CATEGORY = mutation('createCategory', 'CreateCategoryInput', categoryPayload);
export const CHANGE_CATEGORY = mutation('updateCategory', 'UpdateCategoryInput', categoryPayload);
export const CATEGORY = `query ($slug: String!) { category(slug: $slug) { ${CATEGORY_PARTS} } }`;
const productPayload = payload('... on ProductPayload { product { id } }');
export const CREATE_PRODUCT = mutation('createProduct', 'CreateProductInput', productPayload);
export const CHANGE_PRODUCT = mutation('updateProduct', 'UpdateProductInput', productPayload);
export const ARCHIVE_PRODUCT = mutation('archiveProduct', 'ArchiveProductInput', productPayload);
export const PRODUCT =
  'query ($id: ID!) { product(id: $id) { id sku name price { amount } status stock inStock } }';
export const PRODUCT_OF_SKU = 'query ($sku: String!) { productBySku(sku: $sku) { id } }';
export const BROWSE = `{ products(first: 5) { totalCount nodes { id name inStock price { amount }
  category { id name } } } categories { id name children { id slug } } }`;

export const WAREHOUSES = '{ warehouses { id } }';
const stockPayload = payload('... on StockPayload { level { onHand } }');
export const RECEIVE = mutation('receiveStock', 'ReceiveStockInput', stockPayload);
export const ADJUST = mutation('adjustStock', 'AdjustStockInput', stockPayload);

export const ADDRESS = {
  name: 'Casey Morgan',
  line1: '1-2-3 Toyosu',
  city: 'Koto-ku',
  postalCode: '135-0061',
  country: 'JP',
};
const orderPayload = payload(`... on OrderPayload { order { ${ORDER_PARTS} } }`);
export const PLACE = mutation('placeOrder', 'PlaceOrderInput', orderPayload);
export const STEPS = {
  confirm: mutation('confirmOrder', 'ConfirmOrderInput', orderPayload),
  pay: mutation('payOrder', 'PayOrderInput', orderPayload),
  ship: mutation('shipOrder', 'ShipOrderInput', orderPayload),
  deliver: mutation('deliverOrder', 'DeliverOrderInput', orderPayload),
  cancel: mutation('cancelOrder', 'CancelOrderInput', orderPayload),
  return: mutation('returnOrder', 'ReturnOrderInput', orderPayload),
} as const;
export const ORDER = `query ($id: ID!) { order(id: $id) { ${ORDER_PARTS} } }`;
export const MY_ORDERS = `query ($first: Int!) { me { orders(first: $first) { totalCount nodes { ${ORDER_PARTS} } } } }`;

export const ANNOUNCE = mutation(
  'createUpload',
  'CreateUploadInput',
  payload('... on CreateUploadSuccess { upload { id url } }'),
);
export const COMPLETE = mutation(
  'completeUpload',
  'CompleteUploadInput',
  payload(
    `... on CompleteUploadSuccess { resume { ${RESUME_PARTS} } } ... on UploadIncomplete { receivedBytes }`,
  ),
);
export const DELETE_RESUME = mutation(
  'deleteResume',
  'DeleteResumeInput',
  payload('... on DeleteResumePayload { deletedId }'),
);
export const RESUME = `query ($id: ID!) { resume(id: $id) { ${RESUME_PARTS} } }`;
export const MY_RESUMES = `query ($first: Int!) { me { resumes(first: $first) { totalCount nodes { ${RESUME_PARTS} } } } }`;
export const REQUEST_REVIEW = mutation(
  'requestResumeReview',
  'RequestResumeReviewInput',
  payload('... on ResumeReviewPayload { review { id } }'),
);
export const REVIEW = `query ($id: ID!) { resumeReview(id: $id) { id status overallScore sections { name } resume { id } } }`;
