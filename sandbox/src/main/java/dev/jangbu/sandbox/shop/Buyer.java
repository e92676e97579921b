package dev.jangbu.sandbox.shop;

import org.jspecify.annotations.Nullable;

/**
 * A made-up person.
 *
 * @param memberId null for a guest
 * @param phone of the range {@code 010-0000-xxxx}, which nobody has
 */
public record Buyer(int number, @Nullable String memberId, String name, String phone, String email) {}
