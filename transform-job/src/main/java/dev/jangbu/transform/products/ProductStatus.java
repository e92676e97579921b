package dev.jangbu.transform.products;

/** Whether a product can be bought. */
enum ProductStatus {
    ON_SALE,
    SOLD_OUT,
    HIDDEN,
    ENDED,
    UNKNOWN
}
