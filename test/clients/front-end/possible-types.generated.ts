export const possibleTypes: Record<string, string[]> = {
  "AdjustStockResult": [
    "InvalidInput",
    "NotFound",
    "OutOfStock",
    "StockPayload"
  ],
  "ArchiveProductResult": [
    "NotFound",
    "ProductPayload"
  ],
  "CancelOrderResult": [
    "IllegalTransition",
    "InvalidInput",
    "NotFound",
    "OrderPayload"
  ],
  "CancelResumeReviewResult": [
    "NotFound",
    "ResumeReviewPayload",
    "ReviewEnded"
  ],
  "ChangePasswordResult": [
    "AuthSession",
    "InvalidCredentials",
    "InvalidInput"
  ],
  "CommitStockResult": [
    "NotFound",
    "ReservationClosed",
    "StockReservationPayload"
  ],
  "CompleteUploadResult": [
    "CompleteUploadSuccess",
    "NotFound",
    "UploadIncomplete",
    "UploadRefused"
  ],
  "ConfirmOrderResult": [
    "IllegalTransition",
    "NotFound",
    "OrderPayload"
  ],
  "CreateCategoryResult": [
    "CategoryPayload",
    "InvalidInput"
  ],
  "CreateProductResult": [
    "InvalidInput",
    "ProductPayload",
    "SkuTaken"
  ],
  "CreateUploadResult": [
    "CreateUploadSuccess",
    "InvalidInput",
    "UploadRefused"
  ],
  "DeleteAccountResult": [
    "DeleteAccountPayload",
    "InvalidCredentials",
    "InvalidInput",
    "NotFound"
  ],
  "DeleteResumeResult": [
    "DeleteResumePayload",
    "NotFound"
  ],
  "DeliverOrderResult": [
    "IllegalTransition",
    "NotFound",
    "OrderPayload"
  ],
  "LoginResult": [
    "AuthSession",
    "InvalidCredentials",
    "TooManyAttempts"
  ],
  "PayOrderResult": [
    "IllegalTransition",
    "NotFound",
    "OrderPayload",
    "PaymentDeclined"
  ],
  "PlaceOrderResult": [
    "IdempotencyConflict",
    "InvalidInput",
    "OrderPayload",
    "OutOfStock",
    "ProductUnavailable"
  ],
  "Problem": [
    "EmailTaken",
    "IdempotencyConflict",
    "IllegalTransition",
    "InvalidCredentials",
    "InvalidInput",
    "InvalidRefreshToken",
    "NotFound",
    "OutOfStock",
    "PaymentDeclined",
    "ProductUnavailable",
    "ReservationClosed",
    "ReviewEnded",
    "SkuTaken",
    "TooManyAttempts",
    "UploadIncomplete",
    "UploadRefused"
  ],
  "ReceiveStockResult": [
    "InvalidInput",
    "NotFound",
    "StockPayload"
  ],
  "RefreshResult": [
    "AuthSession",
    "InvalidRefreshToken"
  ],
  "RegisterResult": [
    "AuthSession",
    "EmailTaken",
    "InvalidInput"
  ],
  "ReleaseStockResult": [
    "NotFound",
    "ReservationClosed",
    "StockReservationPayload"
  ],
  "RequestResumeReviewResult": [
    "InvalidInput",
    "NotFound",
    "ResumeReviewPayload"
  ],
  "ReserveStockResult": [
    "InvalidInput",
    "OutOfStock",
    "StockReservationPayload"
  ],
  "ReturnOrderResult": [
    "IllegalTransition",
    "InvalidInput",
    "NotFound",
    "OrderPayload"
  ],
  "ReturnStockResult": [
    "NotFound",
    "ReservationClosed",
    "StockReservationPayload"
  ],
  "ShipOrderResult": [
    "IllegalTransition",
    "InvalidInput",
    "NotFound",
    "OrderPayload"
  ],
  "UpdateCategoryResult": [
    "CategoryPayload",
    "InvalidInput",
    "NotFound"
  ],
  "UpdateProductResult": [
    "InvalidInput",
    "NotFound",
    "ProductPayload",
    "SkuTaken"
  ],
  "UpdateProfileResult": [
    "EmailTaken",
    "InvalidInput",
    "UpdateProfileSuccess"
  ]
};
