package dev.jangbu.sandbox.account;

import dev.jangbu.sandbox.shop.Shop;

/**
 * A Cafe24 mall.
 *
 * @param quotaCalls in ten minutes
 * @param isClamping a limit or offset above the cap is cut to it in silence, in place of being refused
 */
public record Mall(String mallId, Shop shop, int quotaCalls, boolean isClamping) {}
