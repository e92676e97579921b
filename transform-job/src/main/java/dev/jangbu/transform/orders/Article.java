package dev.jangbu.transform.orders;

import org.jspecify.annotations.Nullable;

/** What is sold by a line, as the channel names it. */
record Article(
        @Nullable String productId,
        @Nullable String variantCode,
        @Nullable String sellerCode,
        String productName,
        @Nullable String optionText) {}
