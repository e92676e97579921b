package dev.jangbu.sandbox.account;

import dev.jangbu.sandbox.shop.Shop;

/**
 * A log-in to Ably's admin.
 *
 * @param layout v1, v2, v3 or broken
 * @param hasCaptcha the log-in asks for more than the password
 */
public record AblySeller(String email, String password, String layout, boolean hasCaptcha, Shop shop) {}
