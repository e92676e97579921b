package dev.jangbu.sandbox.account;

import dev.jangbu.sandbox.shop.Shop;

/**
 * A GA4 property.
 *
 * @param serviceAccount the only one that may read it
 * @param isThresholded rows of few users are withheld
 */
public record Property(String id, ServiceAccount serviceAccount, boolean isThresholded, Shop shop) {}
